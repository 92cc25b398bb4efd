import type { Tensor } from "@tensorflow/tfjs-core";
import { add, greater, logicalAnd, neg, sub, where } from "../backend/engine.js";
import { float64, log1mexp, logNormalCdf } from "../math/index.js";

/**
 * log(Φ(b) - Φ(a)) for a < b. Where a > 0 the interval is mirrored to the lower tail, where Φ keeps its digits.
 */
export function logMass(a: Tensor, b: Tensor): Tensor {
  const mirrored = logicalAnd(greater(a, 0), greater(b, 0));
  const below = logNormalCdf(where(mirrored, neg(b), a));
  const above = logNormalCdf(where(mirrored, neg(a), b));
  return add(above, log1mexp(sub(above, below)));
}

/** The same in float64. */
export function standardLogMass64(a: number, b: number): number {
  if (a > 0) return standardLogMass64(-b, -a);
  const above = float64.logNormalCdf(b);
  return above + float64.log1mexp(above - float64.logNormalCdf(a));
}

/** (Φ(z) - Φ(a)) / (Φ(b) - Φ(a)) for a ≤ z ≤ b. */
export const standardCdf64 = (z: number, a: number, b: number): number =>
  z <= a
    ? 0
    : z >= b
      ? 1
      : a > 0
        ? 1 - standardCdf64(-z, -b, -a)
        : Math.exp(standardLogMass64(a, z) - standardLogMass64(a, b));

/** The z between a and b with (1 - p) Φ(a) + p Φ(b) = Φ(z). */
export function standardQuantile64(p: number, a: number, b: number): number {
  if (!(p > 0)) return a;
  if (p >= 1) return b;
  if (a > 0) return -standardQuantile64(1 - p, -b, -a);
  const logCdf = float64.logAddExp(
    Math.log1p(-p) + float64.logNormalCdf(a),
    Math.log(p) + float64.logNormalCdf(b),
  );
  return Math.min(b, Math.max(a, logCdfQuantile(logCdf)));
}

/**
 * The z with log Φ(z) = logCdf < 0. Below exp(-690), where Φ(z) underflows, by Newton's method on the concave
 * log Φ, whose derivative is near -z, from log Φ(z) ≈ -z²/2.
 */
function logCdfQuantile(logCdf: number): number {
  if (logCdf > -690) return float64.normalQuantile(Math.exp(logCdf));
  let z = -Math.sqrt(-2 * logCdf);
  for (let step = 0; step < 20; step++) {
    const slope = Math.exp(-0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - float64.logNormalCdf(z));
    z += (logCdf - float64.logNormalCdf(z)) / slope;
  }
  return z;
}
