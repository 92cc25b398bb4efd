import { concaveNewton } from "./concave-newton.js";
import { logBeta } from "./log-beta.js";
import { logitScaleBetaDensity, regularizedBetaOf } from "./regularized-beta.js";

const logistic = (u: number): number => 1 / (1 + Math.exp(-u));

/**
 * The x with I_x(a, b) = p, the quantile of Beta(a, b); a, b > 0, p in [0, 1], NaN elsewhere.
 *
 * Newton's method in logit x on log I or log(1 - I), both concave there.
 */
export function inverseRegularizedBeta(a: number, b: number, p: number): number {
  if (!(a > 0 && a < Infinity && b > 0 && b < Infinity && p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p;
  // log I ≤ a u - log(a B(a, b)) bounds the logit u from below, and log(1 - I) from above, both exact far out.
  const lower = (Math.log(p) + Math.log(a) + logBeta(a, b)) / a;
  const upper = -(Math.log1p(-p) + Math.log(b) + logBeta(a, b)) / b;
  if (lower < -40) return Math.exp(lower);
  if (upper > 40) return 1;
  const start = Math.log(a / b);
  const solution = concaveNewton(
    p <= 0.5
      ? (u) => {
          const [x, y] = [logistic(u), logistic(-u)];
          const value = regularizedBetaOf(a, b, x, y);
          return [Math.log(value / p), logitScaleBetaDensity(a, b, x, y) / value];
        }
      : (u) => {
          const [x, y] = [logistic(u), logistic(-u)];
          const value = regularizedBetaOf(b, a, y, x);
          return [Math.log(value / (1 - p)), -logitScaleBetaDensity(a, b, x, y) / value];
        },
    start,
    { direction: p <= 0.5 ? 1 : -1, lower, upper },
  );
  return logistic(solution);
}
