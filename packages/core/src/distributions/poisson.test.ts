import { describe, expect, it } from "vitest";
import { Poisson, poisson64 } from "./poisson.js";
import { atExtremes } from "./testing/extremes.js";
import { discreteProperties } from "./testing/properties.js";

discreteProperties(
  {
    name: "Poisson",
    parameters: { rate: 4.2 },
    create: (p) => new Poisson(p),
    float64: poisson64,
    inside: [0, 3, 9],
    outside: [-1, 2.5, Infinity],
  },
  Array.from({ length: 40 }, (_, x) => x),
);

describe("Poisson at its extremes", () => {
  it("puts all mass on 0 at rate 0", async () => {
    const seen = await atExtremes((p) => new Poisson(p), { rate: 0 }, [0, 1]);
    expect(seen.logProb).toEqual([0, -Infinity]);
    expect(seen.gradients.some(Number.isNaN)).toBe(false);
    expect(seen.statistics).toEqual([0, 0, 0]);
  });

  it("refuses a negative rate", () => {
    expect(() => new Poisson({ rate: -1 })).toThrow(/rate/);
  });
});
