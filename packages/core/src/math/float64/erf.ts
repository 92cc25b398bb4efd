import { chebyshevSeries } from "./polynomial.js";

/** Chebyshev coefficients of erfcx(x) / t in 2t - 1, with t = 2 / (2 + x), for x ≥ 0 (computed to 50 digits). */
const scaled = [
  1.1540674772329393, 0.3554369212704985, 0.06509515882878653, 0.003671142395836639, -0.0011128447433526325,
  -0.0001607582991537808, 3.278031574173137e-5, 5.442441645505016e-6, -1.5154665553171482e-6,
  -1.4297608181169865e-7, 8.234608827419493e-8, -1.2962846852306563e-9, -4.154721631015199e-9,
  6.347058278362811e-10, 1.4320822712256225e-10, -6.160390105204585e-11, 2.0612138554721698e-12,
  3.5714931488477042e-12, -8.586422843251796e-13, -6.14560021379063e-14, 7.418725748596617e-14,
  -1.2895042755032325e-14, -2.358726385710632e-15, 1.5729349381685912e-15, -2.2782966239546465e-16,
  -6.31233045075643e-17, 3.5916763531814925e-17,
] as const;

/** The scaled complementary error function exp(x²) erfc(x) for x ≥ 0. */
export function erfcx(x: number): number {
  const t = 2 / (2 + x);
  return t * chebyshevSeries(scaled, 2 * t - 1);
}

/** exp(-x²) with x² split so that its rounding is not multiplied by x². */
export function expNegativeSquare(x: number): number {
  const high = Math.round(x * 1024) / 1024;
  return Math.exp(-high * high) * Math.exp((high - x) * (high + x));
}

/** 2/√π Σ (-1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)), for |x| ≤ 1. */
function erfSeries(x: number): number {
  const square = x * x;
  let power = x;
  let sum = x;
  for (let n = 1; n < 24; n++) {
    power *= -square / n;
    sum += power / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** The error function erf(x) = 2/√π ∫₀ˣ exp(-t²) dt. */
export function erf(x: number): number {
  if (Math.abs(x) <= 1) return erfSeries(x);
  return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
}

/** The complementary error function 1 - erf(x), with full relative accuracy in the far tail. */
export function erfc(x: number): number {
  if (x < 0.5) return 1 - erf(x);
  if (x > 28) return 0;
  return expNegativeSquare(x) * erfcx(x);
}
