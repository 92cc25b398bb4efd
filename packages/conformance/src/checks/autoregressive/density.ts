import { has, read, type Capable } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClose } from "../../numbers/compare.js";
import { assembled, endOf, isFixed, lineOf, walk } from "./chain.js";

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
    const fixed = isFixed(model, x);
    for (let row = 0; row < x.length; row++) await ensureSum(model, lineOf(model, x, row), fixed);
    if (fixed) return `${x.length} lines`;
    const first = lineOf(model, x, 0);
    await ensureSum(
      model,
      Int32Array.from({ length: long }, (_, i) => first[i % first.length]!),
      fixed,
    );
    return `${x.length} lines, and one of ${long} symbols`;
  },
});

/** Fails unless log p(x) of a line is the sum over its symbols. */
export async function ensureSum(
  model: Capable<"autoregressive" | "density">,
  line: Int32Array,
  fixed: boolean,
): Promise<void> {
  const logProb = await read(model.logProb(assembled(model, line)));
  const steps = await stepsOf(model, line, fixed);
  const total = steps.reduce((sum, value) => sum + value, 0);
  ensureClose(`log p(x) of a line of ${line.length} symbols`, logProb, [total], 1e-4);
}

/** log p of each symbol given those before, and of the end of the line where the alphabet has one. */
export async function stepsOf(
  model: Capable<"autoregressive">,
  line: Int32Array,
  fixed: boolean,
): Promise<readonly number[]> {
  const steps = await walk(model, fixed ? line.subarray(0, -1) : line);
  const end = endOf(model);
  const own = Array.from(line, (symbol, i) => steps[i]![symbol]!);
  return end === undefined ? own : [...own, steps.at(-1)![end]!];
}
