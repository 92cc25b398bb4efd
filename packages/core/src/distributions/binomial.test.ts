import { describe, expect, it } from "vitest";
import { Binomial, binomial64 } from "./binomial.js";
import { atExtremes, close } from "./testing/extremes.js";
import { discreteProperties } from "./testing/properties.js";

const counts = Array.from({ length: 13 }, (_, x) => x);

const shared = { inside: [1, 5, 11], outside: [-1, 2.5, 13, Infinity] };

discreteProperties(
  {
    name: "Binomial of probs",
    parameters: { probs: 0.35 },
    create: (p) => new Binomial({ totalCount: 12, ...p }),
    float64: (p) => binomial64({ totalCount: 12, ...p }),
    ...shared,
  },
  counts,
);

discreteProperties(
  {
    name: "Binomial of logits",
    parameters: { logits: 0.7 },
    create: (p) => new Binomial({ totalCount: 12, ...p }),
    float64: (p) => binomial64({ totalCount: 12, ...p }),
    ...shared,
  },
  counts,
);

describe("Binomial at its extremes", () => {
  it.each([
    [{ probs: 0 }, [0, -Infinity, -Infinity]],
    [{ probs: 1 }, [-Infinity, -Infinity, 0]],
    [{ logits: 100 }, [-300, Math.log(3) - 200, 0]],
  ])("%j", async (parameters, expected) => {
    const seen = await atExtremes((p) => new Binomial({ totalCount: 3, ...p }), parameters, [0, 1, 3]);
    expect(close(seen.logProb, expected)).toBe(true);
    expect(seen.gradients.some(Number.isNaN)).toBe(false);
    expect(seen.statistics.some(Number.isNaN)).toBe(false);
  });

  it("takes no trials at all", async () => {
    const seen = await atExtremes((p) => new Binomial({ totalCount: 0, ...p }), { probs: 0.4 }, [0, 1]);
    expect(close(seen.logProb, [0, -Infinity])).toBe(true);
  });

  it("refuses a number of trials that is no count", () => {
    expect(() => new Binomial({ totalCount: 2.5, probs: 0.5 })).toThrow(/totalCount/);
    expect(() => new Binomial({ totalCount: -1, probs: 0.5 })).toThrow(/totalCount/);
  });
});
