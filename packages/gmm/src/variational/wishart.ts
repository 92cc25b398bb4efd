import * as float64 from "@gen/core/float64";
import { InputError } from "@gen/core/manifest";

const { digamma, logGamma } = float64;

/** E[log |Λ|] - log |E[Λ]| of a Wishart distribution. */
export function logDeterminantGap(degrees: number, d: number): number {
  let gap = d * (Math.log(2) - Math.log(degrees));
  for (let i = 0; i < d; i++) gap += digamma((degrees - i) / 2);
  return gap;
}

interface Wishart {
  readonly degrees: number;
  /** The inverse of the scale matrix, [d, d]. */
  readonly scatter: Float64Array;
}

/** KL(q ‖ p) of two Wishart distributions, in nats. @throws InputError when a scatter is not positive definite. */
export function wishartDivergence(q: Wishart, p: Wishart, d: number): number {
  const [own, prior] = [factor(q.scatter, d), factor(p.scatter, d)];
  // tr(P Q⁻¹) = |L_q⁻¹ L_p|²
  const trace = float64.solveLower(own, d, prior).reduce((sum, v) => sum + v * v, 0);
  const logRatio = float64.logDetFromCholesky(own, d) - float64.logDetFromCholesky(prior, d);
  let divergence = (p.degrees * logRatio + q.degrees * (trace - d)) / 2;
  for (let i = 0; i < d; i++) {
    const half = (q.degrees - i) / 2;
    divergence += logGamma((p.degrees - i) / 2) - logGamma(half);
    divergence += ((q.degrees - p.degrees) / 2) * digamma(half);
  }
  return divergence;
}

function factor(scatter: Float64Array, d: number): Float64Array {
  const lower = float64.cholesky(scatter, d);
  if (lower) return lower;
  throw new InputError(
    "The data have no extent in some direction, so that a posterior over covariances is not defined: raise regularization or leave out columns that others determine.",
  );
}
