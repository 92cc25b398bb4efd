import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";
import { endOf, followedOf, walk } from "./chain.js";

export const autoregressiveCausal = ofCapability({
  id: "autoregressive-causal",
  capability: "autoregressive",
  why: "Changing a symbol leaves the distributions at and before its position as they are, exactly, and matters after it, at most positions.",
  async run(model, subject) {
    const line = followedOf(model, await subject.x(), 0);
    const before = await walk(model, line);
    const middle = Math.floor(line.length / 2);
    let felt = 0;
    const positions = subject.level === "full" ? Array.from(line.keys()) : [middle];
    for (const position of positions) {
      const changed = line.slice();
      changed[position] = another(line[position]!, model.alphabet.levels, endOf(model));
      const after = await walk(model, changed);
      for (let i = 0; i <= position; i++)
        ensureClose(
          `the distribution at position ${i}, after a change at ${position},`,
          after[i]!,
          before[i]!,
          0,
        );
      if (after.some((next, i) => i > position && next.some((value, s) => value !== before[i]![s]))) felt++;
    }
    ensure(
      felt > positions.length / 2,
      `of ${positions.length} positions, ${felt} matter to a distribution after them`,
    );
    return `${positions.length} of ${line.length} positions`;
  },
});

/** A symbol far away from one, but not the end. */
function another(symbol: number, levels: number, end: number | undefined): number {
  const other = (symbol + Math.floor(levels / 2)) % levels;
  return other === end ? (other + 1) % levels : other;
}
