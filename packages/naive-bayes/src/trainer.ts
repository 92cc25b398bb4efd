import { InputError, statistics, type NamedArray, type Rows, type Step, type Trainer } from "@gen/core";
import { checkSweep, countLabelled, mergeSweeps, type Sweep } from "./counting.js";
import { classesOf } from "./labels.js";
import { logJoint, logMarginal, posteriors } from "./learned.js";
import { byPosterior } from "./membership.js";
import type { NaiveBayes } from "./model.js";
import { collect } from "./statistics.js";

export interface NaiveBayesTraining {
  readonly unlabelled: number;
  readonly tolerance: number;
}

interface Expected extends Sweep {
  /** Σ log p(x, y) of rows with a label and the weighted Σ log p(x) of those without, under the model before. */
  readonly logLikelihood: number;
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
  return statistics<Expected>({
    collect: (x) =>
      progress.sweeps === 0
        ? { ...countLabelled(model, x), logLikelihood: 0 }
        : expectation(model, x, unlabelled),
    merge: (a, b) => ({
      ...mergeSweeps(model, a, b),
      logLikelihood: a.logLikelihood + b.logLikelihood,
    }),
    update(sweep): Step {
      checkSweep(model, sweep);
      model.statistics = sweep.counted;
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
  });
}

/** The E step: rows without a label take part in every class. A pure function of the model and the rows. */
function expectation(model: NaiveBayes, x: Rows, unlabelled: number): Expected {
  const classes = model.classes.length;
  const labels = classesOf(model.label, x);
  const joint = logJoint(model.learned, x);
  const marginal = logMarginal(joint, classes);
  const members = byPosterior(labels, classes, posteriors(joint, classes), unlabelled);
  let [labelled, logLikelihood] = [0, 0];
  labels.forEach((label, row) => {
    if (label >= 0) labelled++;
    logLikelihood += label >= 0 ? joint[row * classes + label]! : unlabelled * marginal[row]!;
  });
  const counted = collect(model.parts, x, members);
  return { counted, labelled, unlabelled: labels.length - labelled, logLikelihood };
}
