import { has, read, type AnyInstance, type Capable } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClose } from "../../numbers/compare.js";
import { assembled, endOf, lineOf, walk } from "./chain.js";

const lines = { smoke: 3, full: 20 } as const;
/** Symbols of a line that is longer than any of the data. */
const long = 100;

export const autoregressiveDensity = ofCapability({
  id: "autoregressive-density",
  capability: "autoregressive",
  why: "log p(x) is the sum of log p(symbol | those before), with the end of the line where the alphabet has an end; so it sees no symbol before its turn.",
  async run(model, subject) {
    if (!has(model, "density")) return null;
    const x = await subject.x(lines[subject.level]);
    for (let row = 0; row < x.length; row++) await ensureSum(model, lineOf(model, x, row));
    const first = lineOf(model, x, 0);
    const ragged = model.symbols(x).lengths !== undefined;
    if (ragged)
      await ensureSum(
        model,
        Int32Array.from({ length: long }, (_, i) => first[i % first.length]!),
      );
    return ragged ? `${x.length} lines, and one of ${long} symbols` : `${x.length} lines`;
  },
});

async function ensureSum(
  model: AnyInstance & Capable<"autoregressive" | "density">,
  line: Int32Array,
): Promise<void> {
  const steps = await walk(model, line);
  const end = endOf(model);
  const total =
    line.reduce((sum, symbol, i) => sum + steps[i]![symbol]!, 0) +
    (end === undefined ? 0 : steps.at(-1)![end]!);
  const logProb = await read(model.logProb(assembled(model, line)));
  ensureClose(`log p(x) of a line of ${line.length} symbols`, logProb, [total], 1e-4);
}
