import { describe, expect, it } from "vitest";
import { NegativeBinomial, negativeBinomial64 } from "./negative-binomial.js";
import { atExtremes, close } from "./testing/extremes.js";
import { discreteProperties } from "./testing/properties.js";

const counts = Array.from({ length: 120 }, (_, x) => x);
const shared = { inside: [0, 3, 9], outside: [-1, 2.5, Infinity] };

discreteProperties(
  {
    name: "NegativeBinomial of probs",
    parameters: { totalCount: 2.6, probs: 0.45 },
    create: (p) => new NegativeBinomial(p),
    float64: negativeBinomial64,
    ...shared,
  },
  counts,
);

discreteProperties(
  {
    name: "NegativeBinomial of logits",
    parameters: { totalCount: 0.7, logits: 0.3 },
    create: (p) => new NegativeBinomial(p),
    float64: negativeBinomial64,
    ...shared,
  },
  counts,
);

describe("NegativeBinomial at its extremes", () => {
  it("never succeeds at probs 0", async () => {
    const seen = await atExtremes((p) => new NegativeBinomial(p), { totalCount: 2, probs: 0 }, [0, 1]);
    expect(close(seen.logProb, [0, -Infinity])).toBe(true);
    expect(seen.gradients.some(Number.isNaN)).toBe(false);
    expect(seen.statistics.some(Number.isNaN)).toBe(false);
  });

  it("refuses a number of failures that isn't positive", () => {
    expect(() => new NegativeBinomial({ totalCount: 0, probs: 0.5 })).toThrow(/totalCount/);
  });
});
