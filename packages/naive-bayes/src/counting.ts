import { InputError, statistics, weightsOf, type Rows, type Trainer } from "@gen/core";
import { classesOf } from "./labels.js";
import { countOf, type Sweep } from "./kernels.js";
import type { Learner } from "./learner.js";
import { byLabel } from "./membership.js";
import type { Counted } from "./parts/part.js";
import { collect, merge } from "./statistics.js";

/** Rows by their labels; those without are left out. A pure function of the rows. */
export function countLabelled({ spec, parts, label, classes }: Learner<Counted>, x: Rows): Sweep {
  const [labels, weights] = [classesOf(label, x), weightsOf(spec, x)];
  return {
    counted: collect(parts, x, byLabel(labels, classes.length, weights)),
    ...countOf(labels, weights),
    logLikelihood: 0,
  };
}

export const mergeSweeps = ({ parts }: Learner<Counted>, a: Sweep, b: Sweep): Sweep => ({
  counted: merge(parts, a.counted, b.counted),
  labelled: a.labelled + b.labelled,
  unlabelled: a.unlabelled + b.unlabelled,
  logLikelihood: a.logLikelihood + b.logLikelihood,
});

/** A trainer of one sweep over the rows that have a label. */
export const counting = (model: Learner<Counted>): Trainer =>
  statistics<Sweep>({
    collect: (x) => countLabelled(model, x),
    merge: (a, b) => mergeSweeps(model, a, b),
    update(sweep) {
      checkSweep(model, sweep);
      model.statistics = sweep.counted;
      return { metrics: { labelled: sweep.labelled, unlabelled: sweep.unlabelled }, done: "complete" };
    },
    state: () => Promise.resolve(new Map()),
    restore: () => undefined,
  });

/** @throws InputError when there is nothing to learn from: no label at all, or a column without a value. */
export function checkSweep({ parts, label }: Learner<Counted>, { counted, labelled }: Sweep): void {
  if (labelled === 0)
    throw new InputError(
      `No row has a label and a weight above 0: naive Bayes learns its classes from the column "${label.name}", so give some.`,
    );
  parts.forEach((part, i) => {
    const empty = part.withoutValues(counted.parts[i]!)[0];
    if (empty !== undefined)
      throw new InputError(`The column "${empty}" has no value in any row that has a label: leave it out.`);
  });
}
