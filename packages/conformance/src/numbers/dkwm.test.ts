import { key } from "@gen/core";
import { normals64 } from "@gen/core/random";
import { expect, it } from "vitest";
import { gapOf, sampleSize } from "./dkwm.js";
import { largestGap } from "./gap.js";

it.each([
  [0.1, 2902],
  [0.03, 32_242],
  [0.02, 72_544],
  [0.01, 290_174],
])("a gap of %d takes %d draws", (gap, count) => {
  expect(sampleSize(gap)).toBe(count);
  expect(gapOf(count)).toBeCloseTo(gap, 4);
});

/** Values on a line with the weights of a standard normal distribution. */
function line(): { readonly values: Float64Array; readonly weights: Float64Array } {
  const values = Float64Array.from({ length: 16_000 }, (_, i) => (i + 0.5) / 1000 - 8);
  return { values, weights: values.map((v) => Math.exp((-v * v) / 2) / Math.sqrt(2 * Math.PI) / 1000) };
}

it("finds the gap between draws and weighted values", () => {
  const draws = normals64(key(3), sampleSize(0.03));
  expect(largestGap(draws, line())).toBeLessThan(0.015);
  // sup |Φ(x) - Φ(x - 0.1)| = 2 Φ(0.05) - 1 = 0.0399
  const gap = largestGap(
    draws.map((x) => x + 0.1),
    line(),
  );
  expect(Math.abs(gap - 0.0399)).toBeLessThan(0.015);
});

it.each([
  ["the values themselves", [4, 2, 3, 1], 0],
  ["the largest only", [4, 4, 4, 4], 0.75],
  ["the smallest only", [1, 1], 0.75],
  ["values between", [1.5, 2.5, 3.5], 0.25],
  ["values beyond", [0, 5], 0.5],
  ["some values", [2, 2, 3, 3], 0.25],
])("is exact for a few draws: %s", (_, draws, gap) => {
  const values = Float64Array.of(1, 2, 3, 4);
  const weights = Float64Array.of(0.25, 0.25, 0.25, 0.25);
  expect(largestGap(Float64Array.from(draws), { values, weights })).toBeCloseTo(gap, 12);
});
