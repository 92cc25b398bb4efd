import { deviance } from "./deviance.js";
import { logGammaOnePlus, stirlingCorrection } from "./log-gamma.js";

/** Enough terms up to a = 1e12, where about 6 √a are needed. */
const longestSeries = 1e7;

/** xᵃ exp(-x) / Γ(a), by C. Loader's saddle point form from a = 1 on. */
function prefix(a: number, x: number): number {
  if (a < 1) return a * Math.exp(a * Math.log(x) - x - logGammaOnePlus(a));
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-stirlingCorrection(a) - deviance(a, x));
}

/** Σ xⁿ / (a (a + 1) … (a + n)). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < longestSeries; n++) {
    term *= x / (a + n);
    sum += term;
    if (term <= 1e-17 * sum) return sum;
  }
  return NaN;
}

/** Legendre's continued fraction of Γ(a, x) exp(x) x⁻ᵃ, by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < longestSeries; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-15) return fraction;
  }
  return NaN;
}

/**
 * Q(a, x) for a < 1 and x < 1 without the cancellation of 1 - P:
 * 1 - xᵃ/Γ(1 + a) - xᵃ/Γ(a) Σ_{n ≥ 1} (-x)ⁿ / ((a + n) n!).
 */
function upperForSmallShape(a: number, x: number): number {
  const exponent = a * Math.log(x) - logGammaOnePlus(a);
  let power = 1;
  let sum = 0;
  for (let n = 1; n < 24; n++) {
    power *= -x / n;
    sum += power / (a + n);
  }
  return -Math.expm1(exponent) - a * Math.exp(exponent) * sum;
}

const outside = (a: number, x: number): boolean => !(a > 0 && a < Infinity && x >= 0);

/**
 * The lower regularised incomplete gamma function P(a, x) = ∫₀ˣ tᵃ⁻¹ exp(-t) dt / Γ(a), the distribution function of
 * Gamma(a, 1); a > 0, x ≥ 0, NaN elsewhere and where a is so large (above 1e12) that the series do not end.
 */
export function regularizedGammaP(a: number, x: number): number {
  if (outside(a, x)) return NaN;
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? prefix(a, x) * lowerSeries(a, x) : 1 - prefix(a, x) * upperFraction(a, x);
}

/** The upper one, Q(a, x) = 1 - P(a, x), with full relative accuracy where it is small. */
export function regularizedGammaQ(a: number, x: number): number {
  if (outside(a, x)) return NaN;
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  if (a < 1 && x < 1) return upperForSmallShape(a, x);
  return a < 1 || x >= a + 1 ? prefix(a, x) * upperFraction(a, x) : 1 - prefix(a, x) * lowerSeries(a, x);
}

/** The density of log X for X ~ Gamma(a, 1): xᵃ exp(-x) / Γ(a). */
export const logScaleGammaDensity = prefix;
