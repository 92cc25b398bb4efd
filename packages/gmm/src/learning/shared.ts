import type { Mixture } from "../mixture/mixture.js";

/**
 * The tied covariances of several mixtures replaced by their mean, weighed by the mixtures' rows: the largest likelihood
 * that one covariance for all has. With one component a class this is linear discriminant analysis.
 */
export function withSharedCovariance(mixtures: readonly Mixture[], rows: ArrayLike<number>): Mixture[] {
  const total = mixtures.reduce((sum, _, c) => sum + rows[c]!, 0);
  const shared = new Float64Array(mixtures[0]!.covariances.length);
  mixtures.forEach(({ covariances }, c) =>
    covariances.forEach((value, i) => (shared[i]! += (value * rows[c]!) / total)),
  );
  return mixtures.map((mixture) => ({ ...mixture, covariances: shared }));
}
