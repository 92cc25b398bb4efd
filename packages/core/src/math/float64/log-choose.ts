import { logBeta } from "./log-beta.js";
import { logGamma } from "./log-gamma.js";

/** log n! = log Γ(n + 1), n > -1. */
export function logFactorial(n: number): number {
  return logGamma(n + 1);
}

/** log of the number of ways to choose k of n; -Infinity unless 0 ≤ k ≤ n. */
export function logChoose(n: number, k: number): number {
  if (!(k >= 0 && k <= n)) return Number.isNaN(n) || Number.isNaN(k) ? NaN : -Infinity;
  if (k === 0 || k === n) return 0;
  return -Math.log1p(n) - logBeta(n - k + 1, k + 1);
}
