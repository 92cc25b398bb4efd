import type { CovarianceType } from "./covariance.js";

/** The values of one or more columns at every step of all sequences, one step after another. */
export type Track =
  | {
      readonly kind: "categorical";
      /** [steps]; -1 where missing. */
      readonly data: Int32Array;
    }
  | {
      readonly kind: "gaussian" | "poisson";
      /** [steps, columns]; NaN where missing. */
      readonly data: Float64Array;
      readonly columns: number;
    };

/** p(level | state): [states, levels]. */
export interface CategoricalParameters {
  readonly kind: "categorical";
  readonly levels: number;
  readonly probabilities: Float64Array;
}

/**
 * A mixture of Gaussians for each state. `weights` [states, components], `means` [states, components, columns],
 * `covariances` as the type says, states and components together outermost, or one for all of them when tied.
 */
export interface GaussianParameters {
  readonly kind: "gaussian";
  readonly covariance: CovarianceType;
  readonly components: number;
  readonly columns: number;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

/** Independent Poisson distributions: `rates` [states, columns]. */
export interface PoissonParameters {
  readonly kind: "poisson";
  readonly columns: number;
  readonly rates: Float64Array;
}

/** Plain data, that can be sent to another thread. */
export type EmissionParameters = CategoricalParameters | GaussianParameters | PoissonParameters;

/** What is known before any data. */
export interface EmissionPrior {
  /** Added to each expected count of a category or a mixture's component: a Dirichlet prior. */
  readonly counts: number;
  /** Steps that the prior of a covariance or a rate is worth. */
  readonly strength: number;
  /** Of each column its variance in the data (Gaussian) or its mean (Poisson). */
  readonly scale: Float64Array;
}

/** Sums over steps, in arrays that add up. */
export type Statistics = readonly Float64Array[];

/** How the states emit one track's values. Tables of states are [steps, width], of which the first `states` count. */
export interface Emission {
  /** Adds log p(values of t | state) of the steps from `from` up to but without `to`; missing values add nothing. */
  addLogProbs(track: Track, from: number, to: number, into: Float64Array, width: number): void;
  /** Sums of nothing. */
  empty(): Statistics;
  /** Adds what steps tell, weighed by the probabilities [to - from, width] of the states. */
  collect(
    track: Track,
    steps: { readonly from: number; readonly to: number },
    gamma: Float64Array,
    width: number,
    into: Statistics,
  ): void;
  /** The likeliest parameters; those that nothing speaks of stay. */
  maximised(statistics: Statistics, prior: EmissionPrior): EmissionParameters;
  /** log p(parameters), up to a constant. */
  logPrior(prior: EmissionPrior): number;
}

/** Below this probability a state takes nothing from a step: the sums would not change in float64. */
export const negligible = 1e-20;
