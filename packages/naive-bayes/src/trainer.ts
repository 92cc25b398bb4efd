import {
  InputError,
  openPool,
  statistics,
  weightsOf,
  xFields,
  type NamedArray,
  type Rows,
  type Step,
  type Trainer,
} from "@gen/core";
import { checkSweep, countLabelled, mergeSweeps } from "./counting.js";
import { expected, kernels, type Chunk, type Sweep } from "./kernels.js";
import { classesOf } from "./labels.js";
import { logJoint } from "./learned.js";
import type { NaiveBayes } from "./model.js";

export interface NaiveBayesTraining {
  readonly unlabelled: number;
  readonly tolerance: number;
}

/**
 * Counting: one sweep over the rows that have a label, and it is complete. Where `unlabelled` is above 0 expectation
 * maximisation goes on from there, each row without a label counting in every class by its posterior times that weight,
 * until the mean log-likelihood per row gains less than the tolerance. The metrics are those of the model that a sweep
 * began with.
 * Source: Text classification from labeled and unlabeled documents using EM (Nigam, McCallum, Thrun & Mitchell, 2000).
 */
export function trainer(model: NaiveBayes, { unlabelled, tolerance }: NaiveBayesTraining): Trainer {
  let progress = { sweeps: 0, logLikelihood: -Infinity };
  const { parts } = model;
  const pool = openPool({
    kernels,
    worker: (Worker) => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
    chunk: (x: Rows): Chunk => chunkOf(model, x),
  });
  const counting = {
    parts: parts.map(({ counter, shapes }) => ({ counter, shapes })),
    unlabelled,
  };
  return statistics<Sweep>({
    async *collectAll(chunks: Iterable<Rows> | AsyncIterable<Rows>) {
      const { learned } = model;
      const evaluators = learned.parts.flatMap(({ evaluator }) => evaluator ?? []);
      // Counting takes less time than sending the rows to where they could be counted.
      const isHere = progress.sweeps === 0 || evaluators.length < parts.length;
      if (!isHere) {
        const state = { ...counting, evaluators, logPriors: learned.logPriors };
        yield* pool.each("expectation", state, chunks);
      } else
        for await (const x of chunks)
          yield progress.sweeps === 0
            ? countLabelled(model, x)
            : expected(chunkOf(model, x), logJoint(learned, x), counting);
    },
    merge: (a, b) => mergeSweeps(model, a, b),
    update(sweep): Step {
      checkSweep(model, sweep);
      model.statistics = sweep.counted;
      model.check();
      const { sweeps, logLikelihood: before } = progress;
      const mean = sweep.logLikelihood / (sweep.labelled + unlabelled * sweep.unlabelled);
      progress = { sweeps: sweeps + 1, logLikelihood: sweeps === 0 ? -Infinity : mean };
      const counts = { labelled: sweep.labelled, unlabelled: sweep.unlabelled };
      if (unlabelled === 0 || sweep.unlabelled === 0) return { metrics: counts, done: "complete" };
      if (sweeps === 0) return { metrics: counts };
      return {
        metrics: { ...counts, logLikelihood: mean },
        ...(Math.abs(mean - before) < tolerance && { done: "converged" as const }),
      };
    },
    state: () =>
      Promise.resolve(
        new Map<string, NamedArray>([
          [
            "progress",
            { dtype: "F64", shape: [2], data: Float64Array.of(progress.sweeps, progress.logLikelihood) },
          ],
        ]),
      ),
    restore(state) {
      const data = state.get("progress")?.data;
      if (!(data instanceof Float64Array) || data.length !== 2)
        throw new InputError('The file\'s state of training has no usable "progress": train from the start.');
      progress = { sweeps: data[0]!, logLikelihood: data[1]! };
    },
    [Symbol.dispose]: () => pool[Symbol.dispose](),
  });
}

/** What the E step looks at, in arrays: labels and weights are given beside x. */
function chunkOf({ spec, label }: NaiveBayes, x: Rows): Chunk {
  const entries = Object.entries(x.columns).filter(([name]) => Object.hasOwn(xFields(spec), name));
  return {
    x: { length: x.length, columns: Object.fromEntries(entries) },
    labels: classesOf(label, x),
    weights: weightsOf(spec, x),
  };
}
