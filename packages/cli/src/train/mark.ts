import type { Json, NamedArray, Plugin, Trainer } from "@gen/core";
import { InputError } from "@gen/core/manifest";

/** What tells two runs apart beside what a model file says anyway, each under the name that people know. */
export type Mark = Readonly<Record<string, Json>>;

const name = "run";

/**
 * The plugin with trainers whose state carries the run's mark: checkpoints then refuse to go on with other data.
 * The state of a trainer is what only a checkpoint needs, so that any program can load the model all the same.
 */
export const marked = (plugin: Plugin, mark: Mark): Plugin => ({
  ...plugin,
  trainer: (model, config) => markedTrainer(plugin.trainer(model, config), mark),
});

function markedTrainer(trainer: Trainer, mark: Mark): Trainer {
  return {
    ...trainer,
    state: async () => new Map([...(await trainer.state()), [name, write(mark)]]),
    restore(state) {
      const saved = state.get(name);
      if (saved !== undefined) compare(read(saved), mark);
      trainer.restore(without(state));
    },
  };
}

/** The trainer, whose state then is the one of any other run's that came to the same. */
export const unmarked = (trainer: Trainer): Trainer => ({
  ...trainer,
  state: async () => without(await trainer.state()),
});

function without(state: ReadonlyMap<string, NamedArray>): ReadonlyMap<string, NamedArray> {
  const own = new Map(state);
  own.delete(name);
  return own;
}

function write(mark: Mark): NamedArray {
  const data = new TextEncoder().encode(JSON.stringify(mark));
  return { dtype: "U8", shape: [data.length], data };
}

function read({ data }: NamedArray): Mark {
  try {
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(data))) as Mark;
  } catch (cause) {
    throw new InputError(
      "The checkpoint's mark of its run is damaged; remove it to start anew, without --resume.",
      {
        cause,
      },
    );
  }
}

function compare(saved: Mark, mark: Mark): void {
  const differing = Object.entries(mark).filter(
    ([item, value]) => JSON.stringify(saved[item]) !== JSON.stringify(value),
  );
  if (differing.length > 0)
    throw otherRun(differing.map(([item, value]) => difference(item, saved[item], value)));
}

/** What differs, with both values where people can read them. */
function difference(item: string, saved: Json | undefined, own: Json): string {
  const [there, here] = [JSON.stringify(saved ?? null), JSON.stringify(own)];
  return there.length + here.length > 60 ? item : `${item} (${there} there, ${here} here)`;
}

/** The error for a checkpoint of another run. */
export const otherRun = (differing: readonly string[]): InputError =>
  new InputError(
    `It is of another run, which differs in: ${differing.join(", ")}; call as before, or start anew under another --out.`,
  );
