import type { Moments } from "../em/moments.js";
import type { Mixture } from "../mixture/mixture.js";

/**
 * How a class's parameters follow from moments. What is learned has the arrays of a mixture: the mixture itself, or a
 * posterior over mixtures (its counts, means and scatter in place of weights, means and covariances).
 */
export interface Learner {
  /** What is learned from the moments that an E step took about a mixture's means. */
  update(c: number, about: Mixture, moments: Moments): Mixture;
  /** The mixture that E steps run on. */
  expected(c: number, learned: Mixture): Mixture;
  /** The mixture that the model takes. */
  estimate(c: number, learned: Mixture): Mixture;
  /** What the objective has less than the E step's log-likelihood, in nats. */
  penalty(c: number, learned: Mixture): number;
}
