import { logGamma, stirlingCorrection } from "./log-gamma.js";

/**
 * log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b) for a, b > 0.
 *
 * From 10 on the large terms of Stirling's formula are cancelled by hand.
 * Source: A. R. DiDonato and A. H. Morris, "Algorithm 708: Significant digit computation of the incomplete beta
 * function ratios" (1992).
 */
export function logBeta(a: number, b: number): number {
  if (!(a >= 0 && b >= 0)) return NaN;
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (small === 0) return Infinity;
  if (large === Infinity) return -Infinity;
  const total = small + large;
  if (small >= 10) {
    const correction = stirlingCorrection(small) + stirlingCorrection(large) - stirlingCorrection(total);
    return (
      Math.log(2 * Math.PI) / 2 -
      Math.log(large) / 2 +
      correction +
      (small - 0.5) * Math.log(small / total) +
      large * Math.log1p(-small / total)
    );
  }
  if (large >= 10) {
    const correction = stirlingCorrection(large) - stirlingCorrection(total);
    return (
      logGamma(small) +
      correction +
      small * (1 - Math.log(total)) +
      (large - 0.5) * Math.log1p(-small / total)
    );
  }
  return logGamma(small) + (logGamma(large) - logGamma(total));
}
