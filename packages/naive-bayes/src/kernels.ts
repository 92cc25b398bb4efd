import type { Rows } from "@gen/core";
import { evaluate, type Evaluator } from "./evaluators.js";
import { byPosterior } from "./membership.js";
import type { Counted } from "./parts/part.js";
import { logMarginal, posteriors } from "./posteriors.js";
import { collect, type Statistics } from "./statistics.js";

/** Some rows in arrays, the class of each, -1 where it has none, and how much it counts where that is told. */
export interface Chunk {
  readonly x: Rows;
  readonly labels: Int32Array;
  readonly weights: Float64Array | undefined;
}

/** What a sweep over the rows finds. */
export interface Sweep {
  readonly counted: Statistics;
  /** Rows with a label, by their weights … */
  readonly labelled: number;
  /** … and those without. */
  readonly unlabelled: number;
  /** Σ log p(x, y) of rows with a label and the weighted Σ log p(x) of those without, under the model before. */
  readonly logLikelihood: number;
}

/** How rows are counted, and what a row without a label weighs. */
export interface Counting {
  readonly parts: readonly Pick<Counted, "counter" | "shapes">[];
  readonly unlabelled: number;
}

/** The model that an E step is taken under. */
export interface Expecting extends Counting {
  readonly evaluators: readonly Evaluator[];
  readonly logPriors: Float64Array;
}

/** Rows without a label take part in every class by their posterior; log p(x, y) is [rows, classes]. */
export function expected(
  { x, labels, weights }: Chunk,
  joint: Float64Array,
  { parts, unlabelled }: Counting,
): Sweep {
  const classes = joint.length / x.length;
  const marginal = logMarginal(joint, classes);
  const members = byPosterior(labels, classes, posteriors(joint, classes), { unlabelled, weights });
  let logLikelihood = 0;
  labels.forEach((label, row) => {
    const weight = weights?.[row] ?? 1;
    // Guard: a row of no weight may be impossible.
    if (weight > 0)
      logLikelihood += weight * (label >= 0 ? joint[row * classes + label]! : unlabelled * marginal[row]!);
  });
  return { counted: collect(parts, x, members), ...countOf(labels, weights), logLikelihood };
}

/** How many rows have a label and how many have none, by their weights. */
export function countOf(
  labels: Int32Array,
  weights: Float64Array | undefined,
): Pick<Sweep, "labelled" | "unlabelled"> {
  let [labelled, unlabelled] = [0, 0];
  labels.forEach((label, row) => {
    const weight = weights?.[row] ?? 1;
    if (label >= 0) labelled += weight;
    else unlabelled += weight;
  });
  return { labelled, unlabelled };
}

/** What runs in worker threads: the E step over some rows. */
export const kernels = {
  expectation(chunk: Chunk, { evaluators, logPriors, ...counting }: Expecting): Sweep {
    const classes = logPriors.length;
    const joint = new Float64Array(chunk.x.length * classes);
    for (const evaluator of evaluators) evaluate(evaluator, chunk.x, joint);
    for (let i = 0; i < joint.length; i++) joint[i] = joint[i]! + logPriors[i % classes]!;
    return expected(chunk, joint, counting);
  },
};
