import { take, type Rows } from "@gen/core";
import type { Hmm } from "./model.js";
import { readSequences } from "./read-sequences.js";
import { partsOf } from "./expectation.js";
import type { ClassPart } from "./kernels.js";
import { sequencesFrom, type Sequences } from "./sequences.js";

/** The sequences of each class, with their tags; rows without a label are left out. */
export function byClass(model: Hmm, x: Rows): readonly Sequences[] {
  if (model.classes.length === 0) return [readSequences(model.layout, x, true)];
  const labels = model.classesOf(x);
  return model.classes.map((_, c) => {
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === c);
    return readSequences(model.layout, take(x, rows), true);
  });
}

/** The sequences of every class, cut into parts of so many steps that depend on the rows alone. */
export const classParts = (model: Hmm, x: Rows): readonly ClassPart[] =>
  byClass(model, x).flatMap((data, c) =>
    partsOf(data).map(({ from, to }) => ({ class: c, data: sequencesFrom(data, from, to) })),
  );
