import { describe, expect, it } from "vitest";
import { Bernoulli, bernoulli64 } from "./bernoulli.js";
import { atExtremes, close } from "./testing/extremes.js";
import { discreteProperties } from "./testing/properties.js";

discreteProperties(
  {
    name: "Bernoulli of probs",
    parameters: { probs: 0.3 },
    create: (p) => new Bernoulli(p),
    float64: bernoulli64,
    inside: [0, 1],
    outside: [-1, 0.5, 2],
  },
  [0, 1],
);

discreteProperties(
  {
    name: "Bernoulli of logits",
    parameters: { logits: -0.8 },
    create: (p) => new Bernoulli(p),
    float64: bernoulli64,
    inside: [0, 1],
    outside: [-1, 0.5, 2],
  },
  [0, 1],
);

describe("Bernoulli at its extremes", () => {
  it.each([
    [{ probs: 0 }, [0, -Infinity]],
    [{ probs: 1 }, [-Infinity, 0]],
    [{ logits: 100 }, [-100, 0]],
    [{ logits: -100 }, [0, -100]],
    [{ logits: Infinity }, [-Infinity, 0]],
  ])("%j", async (parameters, expected) => {
    const seen = await atExtremes((p) => new Bernoulli(p), parameters, [0, 1]);
    const exact = bernoulli64(parameters);
    expect(close(seen.logProb, expected)).toBe(true);
    expect(close([exact.logProb(0), exact.logProb(1)], expected)).toBe(true);
    expect(seen.gradients.some(Number.isNaN)).toBe(false);
    expect(seen.statistics.some(Number.isNaN)).toBe(false);
  });

  it("refuses what is no probability", () => {
    expect(() => new Bernoulli({ probs: 1.2 })).toThrow(/probs/);
    expect(() => new Bernoulli({ logits: NaN })).toThrow(/logits/);
    expect(() => new Bernoulli({ probs: 0.5, logits: 0 } as never)).toThrow(/either/);
    expect(() => new Bernoulli({} as never)).toThrow(/either/);
  });
});
