import { expect, test } from "vitest";
import { chiSquareTail, gammaP, largestGap, logGamma, normalCdf, sampleCount } from "./test-statistics.js";

test("the tests' own functions agree with tables", () => {
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
  expect(gammaP(1, 2.5)).toBeCloseTo(1 - Math.exp(-2.5), 13);
  expect(gammaP(3, 0.7)).toBeCloseTo(1 - Math.exp(-0.7) * (1 + 0.7 + 0.245), 13);
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 12);
  expect(normalCdf(-1)).toBeCloseTo(0.15865525393145707, 12);
  expect(chiSquareTail(18.307038053275146, 10)).toBeCloseTo(0.05, 10);
});

test("the sample count separates no gap from a gap of 0.02", () => {
  expect(2 * Math.exp(-2 * sampleCount * largestGap ** 2)).toBeCloseTo(1e-6, 12);
  expect(2 * Math.exp(-2 * sampleCount * (0.02 - largestGap) ** 2)).toBeLessThan(1.0001e-6);
});
