import { describe, expect, it } from "vitest";
import { Geometric, geometric64 } from "./geometric.js";
import { atExtremes } from "./testing/extremes.js";
import { discreteProperties } from "./testing/properties.js";

const counts = Array.from({ length: 60 }, (_, x) => x);
const shared = { inside: [0, 3, 9], outside: [-1, 2.5, Infinity] };

discreteProperties(
  {
    name: "Geometric of probs",
    parameters: { probs: 0.35 },
    create: (p) => new Geometric(p),
    float64: geometric64,
    ...shared,
  },
  counts,
);

discreteProperties(
  {
    name: "Geometric of logits",
    parameters: { logits: -0.4 },
    create: (p) => new Geometric(p),
    float64: geometric64,
    ...shared,
  },
  counts,
);

describe("Geometric at its extremes", () => {
  it("succeeds at once at probs 1", async () => {
    const seen = await atExtremes((p) => new Geometric(p), { probs: 1 }, [0, 1]);
    expect(seen.logProb).toEqual([0, -Infinity]);
    expect(seen.gradients.some(Number.isNaN)).toBe(false);
    expect(seen.statistics.map(Math.abs)).toEqual([0, 0, 0]);
  });
});
