import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";
import { endOf, lineOf, walk } from "./chain.js";

export const autoregressiveCausal = ofCapability({
  id: "autoregressive-causal",
  capability: "autoregressive",
  why: "Changing a symbol leaves the distributions at and before its position as they are, exactly, and matters after it.",
  async run(model, subject) {
    const line = lineOf(model, await subject.x(), 0);
    const position = Math.floor(line.length / 2);
    const changed = line.slice();
    changed[position] = another(line[position]!, model.alphabet.levels, endOf(model));
    const [before, after] = [await walk(model, line), await walk(model, changed)];
    for (let i = 0; i <= position; i++)
      ensureClose(
        `the distribution at position ${i}, after a change at ${position},`,
        after[i]!,
        before[i]!,
        0,
      );
    const felt = after.some((next, i) => i > position && next.some((value, s) => value !== before[i]![s]));
    ensure(felt, `no distribution after position ${position} depends on its symbol`);
    return undefined;
  },
});

function another(symbol: number, levels: number, end: number | undefined): number {
  const next = (symbol + 1) % levels;
  return next === end ? (next + 1) % levels : next;
}
