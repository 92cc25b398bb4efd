import { reshape, tidy } from "@tensorflow/tfjs-core";
import { slice, type Diagnosis, type Key, type Rows, type Trainer } from "@gen/core";
import { diversity, fewest, most, type Diversity } from "./diversity.js";
import type { Gan } from "./model.js";

/** Steps after which samples have had time to become like data, and from one look to the next. */
const patience = 500;

/** Samples that are like the data, but reach less than half of them, or are nearly all the same. */
export function modeCollapse({ spread, precision, coverage }: Diversity): Diagnosis | undefined {
  const dropped = precision >= 0.8 && coverage < 0.5;
  if (!dropped && !(spread < 0.1)) return undefined;
  const percent = (share: number): string => `${Math.round(100 * share)} %`;
  const found = dropped
    ? `${percent(precision)} of the samples are like the data, but they reach only ${percent(coverage)} of the data`
    : `The samples differ from each other only ${percent(spread)} as much as the data do`;
  return {
    kind: "mode-collapse",
    remedy: `${found}: use a larger batch, a smaller learning rate, a penalty on the critic, or spectral normalisation.`,
  };
}

/** A trainer that looks at every 500th step at samples of the model beside the step's rows. */
export function watched(trainer: Trainer, model: Gan): Trainer {
  return {
    consumes: trainer.consumes,
    ...(trainer.start !== undefined && {
      start: (...given: Parameters<NonNullable<Trainer["start"]>>) => trainer.start?.(...given),
    }),
    async step(data, at) {
      // The rows are lent while the iteration stands.
      for (const rows of data) {
        const taken = await trainer.step([rows], at);
        const due = at.step > 0 && at.step % patience === 0 && rows.length >= fewest;
        const found = due ? modeCollapse(await seen(model, rows, at.key.fold("diversity"))) : undefined;
        return found ? { ...taken, diagnoses: [...(taken.diagnoses ?? []), found] } : taken;
      }
      throw new RangeError("A step needs rows.");
    },
    state: () => trainer.state(),
    restore: (state) => trainer.restore(state),
    [Symbol.dispose]: () => trainer[Symbol.dispose](),
  };
}

/** How samples of the first rows' own classes, if any, lie beside those rows. */
async function seen(model: Gan, rows: Rows, key: Key): Promise<Diversity> {
  const count = Math.min(rows.length, most);
  const both = tidy(() => {
    const first = slice(rows, 0, count);
    const samples = model.generator.run(model.noiseFor(first, key), "evaluation").y;
    return [model.input(first), samples].map((x) => reshape(x, [count, -1]));
  });
  try {
    const [data, samples] = (await Promise.all(both.map((x) => x.data()))) as [Float32Array, Float32Array];
    return diversity(data, samples, count);
  } finally {
    for (const each of both) each.dispose();
  }
}
