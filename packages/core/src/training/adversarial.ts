import { tidy } from "../backend/engine.js";
import type { Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/types.js";
import { Descent } from "./descent.js";
import { diverged, hasDiverged } from "./diverged.js";
import type { NamedArray, Objective, Step, Trainer } from "./types.js";

/** What `adversarial` takes: two losses that work against each other, each with its own variables and optimizer. */
export interface AdversarialOptions {
  readonly critic: Objective;
  readonly generator: Objective;
  /** Steps of the critic for each of the generator's, 1 by default. */
  readonly ratio?: number;
  /** Before step 0 only. */
  start?(data: Iterable<Rows>, key: Key): void;
}

const players = ["critic", "generator"] as const;

/**
 * A trainer of two objectives by turns: every step is one of the critic, and every `ratio`-th step also one of the
 * generator, after the critic's and with the same rows and key. What both losses draw under the same name is then the
 * same, such as the noise. Metrics are the losses `critic` and `generator`, and the objectives' own.
 * Each loss is evaluated as by `gradient`, so a back end that can compile makes a graph of each. A loss or gradient
 * that is not finite gives the diagnosis "diverged" and leaves its own variables and optimizer untouched.
 * Owns the optimizers, whose states are its own, and disposes them too when it throws `InputError` for a ratio that
 * is no whole number of at least 1.
 * Source: Generative adversarial nets (Goodfellow et al., 2014), algorithm 1.
 */
export function adversarial(options: AdversarialOptions): Trainer {
  const { critic, generator, ratio = 1 } = options;
  const optimizers = { critic: critic.optimizer, generator: generator.optimizer };
  const descents = { critic: new Descent(critic), generator: new Descent(generator) };
  const dispose = (): void => {
    for (const player of players) descents[player][Symbol.dispose]();
  };
  if (!(Number.isSafeInteger(ratio) && ratio >= 1)) {
    dispose();
    throw new InputError(
      `The critic's steps for each of the generator's must be a whole number of at least 1, not ${ratio}.`,
    );
  }
  return {
    consumes: critic.prepare === undefined && generator.prepare === undefined ? "batch" : "pool",
    ...(options.start !== undefined && {
      start(data: Iterable<Rows>, key: Key) {
        tidy(() => options.start?.(data, key));
      },
    }),
    async step(data, { step, key }) {
      // The rows are lent while the iteration stands.
      for (const rows of data) {
        const judged = named("critic", await descents.critic.step(rows, { step, key }));
        if (hasDiverged(judged.diagnoses) || step % ratio !== ratio - 1) return judged;
        const at = { step: Math.floor(step / ratio), key };
        return together(judged, named("generator", await descents.generator.step(rows, at)));
      }
      throw new RangeError("A step needs rows.");
    },
    async state() {
      const arrays = new Map<string, NamedArray>();
      for (const player of players)
        for (const [name, array] of await optimizers[player].state()) arrays.set(`${player}/${name}`, array);
      return arrays;
    },
    restore(state) {
      const stranger = [...state.keys()].find((name) =>
        players.every((player) => !name.startsWith(`${player}/`)),
      );
      if (stranger !== undefined)
        throw new InputError(`The saved state has an array "${stranger}", which is of no optimizer here.`);
      for (const player of players) optimizers[player].restore(under(`${player}/`, state));
    },
    [Symbol.dispose]: dispose,
  };
}

const under = (prefix: string, state: ReadonlyMap<string, NamedArray>): ReadonlyMap<string, NamedArray> =>
  new Map(
    [...state]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, array]) => [name.slice(prefix.length), array]),
  );

/** The step with its loss under the player's name, and a divergence that says whose it is. */
function named(
  player: (typeof players)[number],
  { metrics: { loss, ...rest }, ...step }: Step & { readonly metrics: { readonly loss: number } },
): Step {
  const diagnoses = step.diagnoses?.map((diagnosis) =>
    diagnosis === diverged ? { ...diagnosis, remedy: `Of the ${player}: ${diagnosis.remedy}` } : diagnosis,
  );
  return { metrics: { [player]: loss, ...rest }, ...(diagnoses && { diagnoses }) };
}

function together(first: Step, second: Step): Step {
  const diagnoses = [...(first.diagnoses ?? []), ...(second.diagnoses ?? [])];
  return {
    metrics: { ...first.metrics, ...second.metrics },
    ...(diagnoses.length > 0 && { diagnoses }),
  };
}
