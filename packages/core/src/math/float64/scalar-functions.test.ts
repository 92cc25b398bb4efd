import { describe, expect, it } from "vitest";
import * as float64 from "./index.js";

const shapes = [1e-3, 0.1, 0.5, 1, 2.5, 10, 100, 5000];
const probabilities = [1e-300, 1e-100, 1e-12, 1e-5, 0.01, 0.2, 0.5, 0.7, 0.95, 0.9999, 1 - 1e-10];

describe("closed forms and identities", () => {
  it("logGamma has factorials and half integers", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      factorial *= n;
      expect(float64.logFactorial(n)).toBeCloseTo(Math.log(factorial), 13);
    }
    expect(float64.logGamma(1)).toBe(0);
    expect(float64.logGamma(2)).toBe(0);
    expect(float64.logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 15);
    expect(float64.logGamma(0)).toBe(Infinity);
    expect(float64.logGamma(-1)).toBeNaN();
    expect(float64.logGamma(NaN)).toBeNaN();
  });

  it("digamma and trigamma have their known values and edges", () => {
    expect(float64.digamma(1)).toBeCloseTo(-0.5772156649015329, 15);
    expect(float64.trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 14);
    expect(float64.trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 14);
    expect(float64.digamma(0)).toBe(-Infinity);
    expect(float64.trigamma(0)).toBe(Infinity);
    expect(float64.digamma(-0.5)).toBeNaN();
    expect(float64.digamma(Infinity)).toBe(Infinity);
    expect(float64.trigamma(Infinity)).toBe(0);
  });

  it("logChoose is Pascal's triangle", () => {
    for (let n = 0; n <= 30; n++) {
      let binomial = 1;
      for (let k = 0; k <= n; k++) {
        expect(Math.abs(float64.logChoose(n, k) - Math.log(binomial))).toBeLessThan(1e-13);
        binomial = (binomial * (n - k)) / (k + 1);
      }
    }
    expect(float64.logChoose(3, 4)).toBe(-Infinity);
    expect(float64.logChoose(3, -1)).toBe(-Infinity);
  });

  it("the error function family is odd, complementary and saturates", () => {
    expect(float64.erf(-0.7)).toBe(-float64.erf(0.7));
    expect(float64.erf(Infinity)).toBe(1);
    expect(float64.erfc(-Infinity)).toBe(2);
    expect(float64.erfc(Infinity)).toBe(0);
    expect(float64.erf(NaN)).toBeNaN();
    expect(float64.erfc(NaN)).toBeNaN();
    expect(float64.erfinv(1)).toBe(Infinity);
    expect(float64.erfinv(-1)).toBe(-Infinity);
    expect(float64.erfinv(1.1)).toBeNaN();
    expect(float64.normalCdf(-Infinity)).toBe(0);
    expect(float64.normalCdf(Infinity)).toBe(1);
    expect(float64.normalCdf(NaN)).toBeNaN();
    expect(float64.logNormalCdf(-Infinity)).toBe(-Infinity);
    expect(float64.logNormalCdf(Infinity)).toBeCloseTo(0, 15);
    expect(float64.normalQuantile(0)).toBe(-Infinity);
    expect(float64.normalQuantile(1)).toBe(Infinity);
    expect(float64.normalQuantile(0.5)).toBe(0);
    expect(float64.normalQuantile(-0.1)).toBeNaN();
    expect(float64.normalQuantile(NaN)).toBeNaN();
  });

  it("normalQuantile inverts normalCdf", () => {
    for (const p of [1e-50, ...probabilities.slice(0, -1)]) {
      expect(float64.normalCdf(float64.normalQuantile(p)) / p).toBeCloseTo(1, 11);
    }
  });

  it("P(1, x), Q(1/2, x) and P + Q = 1", () => {
    for (const x of [1e-5, 0.3, 1, 2.7, 9]) {
      expect(float64.regularizedGammaP(1, x)).toBeCloseTo(-Math.expm1(-x), 14);
      expect(float64.regularizedGammaQ(0.5, x)).toBeCloseTo(float64.erfc(Math.sqrt(x)), 14);
      for (const a of shapes) {
        expect(float64.regularizedGammaP(a, x) + float64.regularizedGammaQ(a, x)).toBeCloseTo(1, 14);
      }
    }
    expect(float64.regularizedGammaP(2, 0)).toBe(0);
    expect(float64.regularizedGammaP(2, Infinity)).toBe(1);
    expect(float64.regularizedGammaQ(2, Infinity)).toBe(0);
    expect(float64.regularizedGammaP(-1, 1)).toBeNaN();
    expect(float64.regularizedGammaP(1e12, 1e12)).toBeCloseTo(0.5 + 1 / Math.sqrt(18 * Math.PI * 1e12), 10);
    expect(float64.regularizedGammaP(1e300, 1e300)).toBeNaN();
    expect(float64.inverseRegularizedGammaP(1e300, 0.3)).toBeNaN();
    expect(float64.regularizedGammaP(1, -1)).toBeNaN();
  });

  it("I_x(a, 1), I_x(1, b), symmetry and edges", () => {
    for (const x of [1e-6, 0.2, 0.5, 0.9]) {
      for (const a of shapes) {
        expect(Math.abs(float64.regularizedBeta(a, 1, x) - x ** a)).toBeLessThan(1e-14);
        expect(Math.abs(float64.regularizedBeta(1, a, x) + Math.expm1(a * Math.log1p(-x)))).toBeLessThan(
          1e-14,
        );
      }
    }
    expect(float64.regularizedBeta(3, 4, 0.25) + float64.regularizedBeta(4, 3, 0.75)).toBeCloseTo(1, 14);
    expect(float64.regularizedBeta(3, 4, 0)).toBe(0);
    expect(float64.regularizedBeta(3, 4, 1)).toBe(1);
    expect(float64.regularizedBeta(0, 4, 0.5)).toBeNaN();
    expect(float64.regularizedBeta(1e9, 1e9, 0.5)).toBeCloseTo(0.5, 10);
    expect(float64.regularizedBeta(1e300, 1e300, 0.5)).toBeNaN();
    expect(float64.regularizedBeta(1, 4, 1.5)).toBeNaN();
  });

  it("I_x counts a binomial's tail", () => {
    const [n, k, x] = [12, 4, 0.37];
    let tail = 0;
    for (let i = k; i <= n; i++) {
      tail += Math.exp(float64.logChoose(n, i)) * x ** i * (1 - x) ** (n - i);
    }
    expect(float64.regularizedBeta(k, n - k + 1, x)).toBeCloseTo(tail, 13);
  });
});

describe("inverses", () => {
  it("inverseRegularizedGammaP inverts P, and Q in the upper half", () => {
    for (const a of [1e-5, ...shapes, 1e6]) {
      for (const p of probabilities) {
        const x = float64.inverseRegularizedGammaP(a, p);
        if (x === 0) {
          expect(a * -740).toBeGreaterThan(Math.log(p));
          continue;
        }
        const error =
          p <= 0.5 ? float64.regularizedGammaP(a, x) / p - 1 : float64.regularizedGammaQ(a, x) / (1 - p) - 1;
        // One rounding of x moves log P by a and log Q by at most x (of relative size).
        expect(Math.abs(error), `${a}, ${p}`).toBeLessThan(
          1e-13 - 4e-16 * Math.log(p) + 4e-15 * Math.sqrt(a) + 1e-15 * Math.min(a, x),
        );
      }
    }
    expect(float64.inverseRegularizedGammaP(1, 0.5)).toBeCloseTo(Math.LN2, 15);
    expect(float64.inverseRegularizedGammaP(2, 0)).toBe(0);
    expect(float64.inverseRegularizedGammaP(2, 1)).toBe(Infinity);
    expect(float64.inverseRegularizedGammaP(2, 1.1)).toBeNaN();
  });

  it("inverseRegularizedBeta inverts I wherever x is not rounded to 0 or 1", () => {
    for (const a of shapes) {
      for (const b of shapes) {
        for (const p of probabilities) {
          const x = float64.inverseRegularizedBeta(a, b, p);
          const low = float64.regularizedBeta(a, b, x * (1 - 4e-16));
          const high = float64.regularizedBeta(a, b, Math.min(1, x * (1 + 4e-16) + Number.MIN_VALUE));
          expect(
            low <= p + 1e-12 * p && p <= high + 1e-12 * p,
            `${a}, ${b}, ${p}: ${x}, ${low}, ${high}`,
          ).toBe(true);
        }
      }
    }
    expect(float64.inverseRegularizedBeta(1, 1, 0.3)).toBeCloseTo(0.3, 15);
    expect(float64.inverseRegularizedBeta(0.5, 0.5, 0.25)).toBeCloseTo(Math.sin(Math.PI / 8) ** 2, 14);
    expect(float64.inverseRegularizedBeta(2, 3, 0)).toBe(0);
    expect(float64.inverseRegularizedBeta(2, 3, 1)).toBe(1);
    expect(float64.inverseRegularizedBeta(2, 3, -1)).toBeNaN();
  });
});

describe("logarithms of sums", () => {
  it("logSumExp is safe at the infinities and for large numbers", () => {
    expect(float64.logSumExp([])).toBe(-Infinity);
    expect(float64.logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
    expect(float64.logSumExp([-Infinity, 3])).toBe(3);
    expect(float64.logSumExp([Infinity, 3, Infinity])).toBe(Infinity);
    expect(float64.logSumExp([1, NaN])).toBeNaN();
    expect(float64.logSumExp(Float64Array.of(1000, 1000))).toBeCloseTo(1000 + Math.LN2, 12);
    expect(float64.logSumExp([0, 1, 2].map(Math.log))).toBeCloseTo(Math.log(3), 15);
  });

  it("logAddExp agrees with logSumExp and keeps tiny parts", () => {
    expect(float64.logAddExp(0, -50)).toBeCloseTo(Math.exp(-50), 36);
    expect(float64.logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
    expect(float64.logAddExp(Infinity, -Infinity)).toBe(Infinity);
    expect(float64.logAddExp(Infinity, Infinity)).toBe(Infinity);
    expect(float64.logAddExp(1, 2.5)).toBeCloseTo(float64.logSumExp([1, 2.5]), 15);
  });

  it("log1mexp keeps its digits at both ends", () => {
    expect(float64.log1mexp(1e-20)).toBeCloseTo(Math.log(1e-20), 12);
    expect(float64.log1mexp(50) / -Math.exp(-50)).toBeCloseTo(1, 14);
    expect(float64.log1mexp(Math.LN2)).toBeCloseTo(-Math.LN2, 15);
    expect(float64.log1mexp(0)).toBe(-Infinity);
    expect(float64.log1mexp(-1)).toBeNaN();
  });

  it("softplus and logSigmoid", () => {
    expect(float64.softplus(0)).toBeCloseTo(Math.LN2, 15);
    expect(float64.softplus(800)).toBe(800);
    expect(float64.softplus(-40) / Math.exp(-40)).toBeCloseTo(1, 14);
    expect(float64.logSigmoid(-800)).toBe(-800);
    expect(float64.logSigmoid(3) + float64.softplus(-3)).toBe(0);
    expect(float64.softplus(2) - float64.softplus(-2)).toBeCloseTo(2, 15);
  });
});
