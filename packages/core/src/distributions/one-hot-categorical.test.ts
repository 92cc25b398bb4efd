import { expect, it } from "vitest";
import { dispose } from "../backend/engine.js";
import { OneHotCategorical, oneHotCategorical64 } from "./one-hot-categorical.js";
import { close } from "./testing/extremes.js";
import { read, vector } from "./testing/property-case.js";
import { vectorProperties } from "./testing/vector-properties.js";

const unit = (k: number): number[] => [0, 1, 2].map((i) => (i === k ? 1 : 0));

for (const name of ["probs", "logits"] as const) {
  vectorProperties({
    name: `OneHotCategorical of ${name}`,
    parameters: [0.5, 1.2, 0.3],
    create: (parameters) => new OneHotCategorical({ [name]: parameters } as { probs: typeof parameters }),
    float64: (parameters) => oneHotCategorical64({ [name]: parameters } as { probs: typeof parameters }),
    inside: [unit(0), unit(1), unit(2)],
    outside: [
      [0, 0, 0],
      [1, 1, 0],
      [0.5, 0.5, 0],
      [2, -1, 0],
      [NaN, 0, 1],
    ],
  });
}

it("OneHotCategorical gives an impossible category no probability and no NaN", () => {
  const [probs, x] = [vector([0, 1, 3]), vector([1, 0, 0])];
  const one = new OneHotCategorical({ probs });
  expect(read(one.logProb(x))).toEqual([-Infinity]);
  expect(close(read(one.entropy()), [-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75)])).toBe(true);
  expect(read(one.mode())).toEqual([0, 0, 1]);
  expect(close(read(one.klTo(one)!), [0])).toBe(true);
  dispose([probs, x]);
});
