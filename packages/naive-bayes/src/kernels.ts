import type { Rows } from "@gen/core";
import { evaluate, type Evaluator } from "./evaluators.js";
import { byPosterior } from "./membership.js";
import type { Counted } from "./parts/part.js";
import { logMarginal, posteriors } from "./posteriors.js";
import { collect, type Statistics } from "./statistics.js";

/** Some rows in arrays, and the class of each, -1 where it has none. */
export interface Chunk {
  readonly x: Rows;
  readonly labels: Int32Array;
}

/** What a sweep over the rows finds. */
export interface Sweep {
  readonly counted: Statistics;
  readonly labelled: number;
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
export function expected({ x, labels }: Chunk, joint: Float64Array, { parts, unlabelled }: Counting): Sweep {
  const classes = joint.length / x.length;
  const marginal = logMarginal(joint, classes);
  const members = byPosterior(labels, classes, posteriors(joint, classes), unlabelled);
  let [labelled, logLikelihood] = [0, 0];
  labels.forEach((label, row) => {
    if (label >= 0) labelled++;
    logLikelihood += label >= 0 ? joint[row * classes + label]! : unlabelled * marginal[row]!;
  });
  return {
    counted: collect(parts, x, members),
    labelled,
    unlabelled: labels.length - labelled,
    logLikelihood,
  };
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
