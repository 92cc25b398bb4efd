import { covarianceShape, type CovarianceType, type Mixture } from "../mixture/mixture.js";

/** How a component's weight is distributed before any data. */
export type WeightPrior = "dirichlet" | "dirichlet-process";

/**
 * A prior over mixtures: weights from a Dirichlet distribution or from the stick-breaking of a Dirichlet process, and
 * for each component a mean and a precision from a normal-Wishart distribution: μ | Λ ~ N(mean, (strength Λ)⁻¹),
 * Λ ~ W(scatter⁻¹, degrees). Diagonal precisions have a Wishart of each column, spherical ones a single one.
 */
export interface Prior {
  readonly weights: WeightPrior;
  readonly concentration: number;
  readonly mean: Float64Array;
  readonly strength: number;
  readonly degrees: number;
  /** [d, d], or [d] of diagonal covariances, or [1] of spherical ones. */
  readonly scatter: Float64Array;
}

/** A prior as wide as the data: their mean with the weight of one row, and their covariance. */
export function priorAround(
  data: Mixture,
  { weights, concentration }: Pick<Prior, "weights" | "concentration">,
): Prior {
  const { type, columns: d, means, covariances } = data;
  return {
    weights,
    concentration,
    mean: means,
    strength: 1,
    degrees: type === "full" || type === "tied" ? d : 1,
    scatter: covariances,
  };
}

/** Wishart distributions that a mixture has: one of each precision that is learned. */
export interface Blocks {
  readonly count: number;
  /** Rows of each one's matrix. */
  readonly size: number;
  /** The blocks of a component. */
  readonly perComponent: number;
}

export function blocksOf(type: CovarianceType, components: number, d: number): Blocks {
  const total = covarianceShape(type, components, d).reduce((a, b) => a * b, 1);
  const size = type === "full" || type === "tied" ? d : 1;
  const count = total / (size * size);
  return { count, size, perComponent: type === "tied" ? 0 : count / components };
}
