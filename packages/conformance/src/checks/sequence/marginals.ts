import { read, slice } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose, ensureFinite } from "../../numbers/compare.js";
import { linesOf } from "./lines.js";

export const sequenceMarginals = ofCapability({
  id: "sequence-marginals",
  capability: "sequence",
  why: "Each element of a sequence has probabilities that sum to 1, and each row a finite log-partition, whatever rows stand beside it.",
  async run(model, subject) {
    const x = await subject.x();
    const { width, lines } = linesOf("the marginals", model.marginals(x), x);
    const logPartition = await read(model.logPartition(x));
    ensure(logPartition.length === x.length, `${x.length} rows have ${logPartition.length} log-partitions`);
    ensureFinite("the log-partition", logPartition);
    for (const [row, line] of lines.entries()) {
      const name = `row ${row + 1}`;
      const wrong = line.findIndex((p) => !(p >= -1e-6 && p <= 1 + 1e-6));
      ensure(wrong === -1, `a probability in ${name} is ${line[wrong]}`);
      const sums = Array.from({ length: line.length / width }, (_, t) =>
        line.subarray(t * width, (t + 1) * width).reduce((sum, p) => sum + p, 0),
      );
      ensureClose(`Σ p(tag | x) in ${name}`, sums, new Float64Array(sums.length).fill(1), 1e-5);
      const alone = slice(x, row, row + 1);
      const own = linesOf("the marginals", model.marginals(alone), alone);
      ensureClose(`the marginals of ${name}, beside it alone`, line, own.lines[0]!, 1e-4);
      const single = await read(model.logPartition(alone));
      ensureClose(`the log-partition of ${name}, beside it alone`, [logPartition[row]!], single, 1e-4);
    }
    return `${width} tags or states`;
  },
});
