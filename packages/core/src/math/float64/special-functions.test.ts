import { describe, expect, it } from "vitest";
import * as float64 from "./index.js";
import reference from "./reference-values.json" with { type: "json" };

/** Relative error, or absolute error in units of 1e-15 where the value cancels to about zero. */
function expectClose(
  actual: number,
  expected: number,
  relative: number,
  absolute: number,
  label: string,
): void {
  const error = Math.abs(actual - expected);
  const allowed = Math.max(relative * Math.abs(expected), absolute);
  expect(error <= allowed || Object.is(actual, expected), `${label}: ${actual} is not ${expected}`).toBe(
    true,
  );
}

/** A number that comes as exp(t) inherits the rounding of t. */
const roundedExponent = (value: number): number => 8e-14 - 4e-16 * Math.log(value);

const oneArgument = [
  ["logGamma", float64.logGamma, 2e-15],
  ["digamma", float64.digamma, 4e-15],
  ["trigamma", float64.trigamma, 2e-15],
  ["erf", float64.erf, 1e-15],
  ["erfc", float64.erfc, 2e-15],
  ["erfinv", float64.erfinv, 4e-15],
  ["normalCdf", float64.normalCdf, 1e-14],
  ["logNormalCdf", float64.logNormalCdf, 2e-15],
  ["normalQuantile", float64.normalQuantile, 4e-15],
  ["logBesselI0", float64.logBesselI0, 4e-15],
  ["logBesselI1", float64.logBesselI1, 4e-15],
] as const;

describe("functions of one argument", () => {
  it.each(oneArgument)("%s has its reference values", (name, f, relative) => {
    for (const [x, expected] of reference[name] as [number, number][]) {
      expectClose(f(x), expected, relative, 1e-300, `${name}(${x})`);
    }
  });
});

describe("logBeta", () => {
  it("has its reference values", () => {
    for (const [a, b, expected] of reference.logBeta as [number, number, number][]) {
      expectClose(float64.logBeta(a, b), expected, 1e-14, 4e-15, `logBeta(${a}, ${b})`);
      expect(float64.logBeta(b, a)).toBe(float64.logBeta(a, b));
    }
  });
});

describe("regularised incomplete gamma functions", () => {
  it("have their reference values", () => {
    for (const [a, x, p, q] of reference.regularizedGamma as [number, number, number, number][]) {
      expectClose(float64.regularizedGammaP(a, x), p, roundedExponent(p), 1e-300, `P(${a}, ${x})`);
      expectClose(float64.regularizedGammaQ(a, x), q, roundedExponent(q), 1e-300, `Q(${a}, ${x})`);
    }
  });
});

describe("regularizedBeta", () => {
  it("has its reference values", () => {
    for (const [a, b, x, expected] of reference.regularizedBeta as [number, number, number, number][]) {
      expectClose(
        float64.regularizedBeta(a, b, x),
        expected,
        roundedExponent(expected),
        b < 0.1 && x > 0.99 ? 2e-15 : 1e-300,
        `I(${a}, ${b}, ${x})`,
      );
    }
  });
});
