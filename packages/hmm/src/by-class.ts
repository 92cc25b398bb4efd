import { take, type Rows } from "@gen/core";
import type { Hmm } from "./model.js";
import { readSequences } from "./read-sequences.js";
import type { Sequences } from "./sequences.js";

/** The sequences of each class, with their tags; rows without a label are left out. */
export function byClass(model: Hmm, x: Rows): readonly Sequences[] {
  if (model.classes.length === 0) return [readSequences(model.layout, x, true)];
  const labels = model.classesOf(x);
  return model.classes.map((_, c) => {
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === c);
    return readSequences(model.layout, take(x, rows), true);
  });
}
