import { has, ragged, read, select, xFields, yField, type Capable } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClose } from "../../numbers/compare.js";
import { logSumExp } from "../../numbers/mean.js";
import { enumerated } from "./all-paths.js";

export const sequencePosterior = ofCapability({
  id: "sequence-posterior",
  capability: "sequence",
  why: "Where the model given x has a density of tags, log p(tags | x) is a path's score less the log-partition, and sums to 1 over all paths.",
  async run(model, subject) {
    const label = yField(subject.data.spec);
    if (label?.field.sequence !== true || !takesAllOf(model)) return null;
    let count = 0;
    for (const { name, x, paths } of enumerated(model, await subject.x())) {
      const view = model.given(select(x, Object.keys(xFields(model.spec))));
      if (!has(view, "density")) return null;
      const logPartition = (await read(model.logPartition(x)))[0]!;
      const found = new Float64Array(paths.length);
      for (const [i, { path }] of paths.entries()) {
        const tagged = { length: 1, columns: { ...x.columns, [label.name]: ragged([path]) } };
        found[i] = (await read(view.logProb(tagged)))[0]!;
      }
      const expected = paths.map(({ score }) => score - logPartition);
      ensureClose(`log p(tags | x) of ${name}, beside the scores,`, found, expected, 1e-5);
      ensureClose(`log Σ p(tags | x) of ${name}`, [logSumExp(found)], [0], 1e-5);
      count += paths.length;
    }
    return `${count} paths`;
  },
});

/** Whether all of x may be given. */
const takesAllOf = (model: Capable): model is Capable<"conditional" | "sequence"> =>
  has(model, "conditional") &&
  Object.keys(xFields(model.spec)).every((name) => name in model.condition.fields);
