import { concaveNewton } from "./concave-newton.js";
import { logGamma } from "./log-gamma.js";
import { normalQuantile } from "./normal-quantile.js";
import { logScaleGammaDensity, regularizedGammaP, regularizedGammaQ } from "./regularized-gamma.js";

/**
 * The x with P(a, x) = p, the quantile of Gamma(a, 1); a > 0, p in [0, 1], NaN elsewhere.
 *
 * Newton's method in log x on log P or log Q, both concave there, from Wilson's and Hilferty's start.
 */
export function inverseRegularizedGammaP(a: number, p: number): number {
  if (!(a > 0 && a < Infinity && p >= 0 && p <= 1)) return NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  // P(a, x) ≤ xᵃ / Γ(a + 1) bounds the quantile from below, and is exact to rounding where x is tiny.
  const lower = (Math.log(p) + logGamma(a + 1)) / a;
  if (lower < -40) return Math.exp(lower);
  const cube = 1 - 1 / (9 * a) + normalQuantile(p) / (3 * Math.sqrt(a));
  const start = cube > 0 ? Math.log(a) + 3 * Math.log(cube) : lower;
  const solution =
    p <= 0.5
      ? concaveNewton(
          (u) => {
            const x = Math.exp(u);
            const value = regularizedGammaP(a, x);
            return [Math.log(value / p), logScaleGammaDensity(a, x) / value];
          },
          start,
          { direction: 1, lower },
        )
      : concaveNewton(
          (u) => {
            const x = Math.exp(u);
            const value = regularizedGammaQ(a, x);
            return [Math.log(value / (1 - p)), -logScaleGammaDensity(a, x) / value];
          },
          start,
          { direction: -1, lower },
        );
  return Math.exp(solution);
}
