import { has, read } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";
import { logSumExp } from "../../numbers/mean.js";
import { enumerated, type Enumerated } from "./all-paths.js";
import { linesOf } from "./lines.js";
import { ensureLikeliest, ensureOrdered } from "./paths.js";

export const sequenceEnumeration = ofCapability({
  id: "sequence-enumeration",
  capability: "sequence",
  why: "Of short sequences, one element long and more, the paths one by one make up the log-partition (and log p(x) where the model has it) and the marginals, and none beats the likeliest.",
  async run(model, subject) {
    let [count, sequences] = [0, 0];
    for (const one of enumerated(model, await subject.x())) {
      const { name, x, paths } = one;
      ensure(paths.length > 0, `${name} has no path`);
      ensureOrdered(name, paths);
      ensureDistinct(one);
      const logPartition = await read(model.logPartition(x));
      const total = logSumExp(Float64Array.from(paths, ({ score }) => score));
      ensureClose(`the log-partition of ${name}, beside all its paths,`, logPartition, [total], 1e-5);
      if (has(model, "density"))
        ensureClose(
          `log p(x) of ${name}, beside all its paths,`,
          await read(model.logProb(x)),
          [total],
          1e-5,
        );
      const { lines } = linesOf("the marginals", model.marginals(x), x);
      ensureClose(`the marginals of ${name}, beside all its paths,`, lines[0]!, shares(one, total), 1e-5);
      ensureLikeliest(model, x, [paths]);
      count += paths.length;
      sequences++;
    }
    return sequences === 0 ? null : `${count} paths of ${sequences} sequences`;
  },
});

/** Where there are more paths than strings of tags, several look the same. */
function ensureDistinct({ name, tags, paths }: Enumerated): void {
  const strings = new Set(paths.map(({ path }) => path.join()));
  const all = tags ** paths[0]!.path.length;
  ensure(
    paths.length > all || strings.size === paths.length,
    `${name} has ${paths.length} paths of which ${paths.length - strings.size} are there twice`,
  );
}

/** p(tag | x) of each element, summed over paths. */
function shares({ tags, paths }: Enumerated, total: number): Float64Array {
  const table = new Float64Array(paths[0]!.path.length * tags);
  for (const { path, score } of paths)
    path.forEach((tag, t) => (table[t * tags + tag]! += Math.exp(score - total)));
  return table;
}
