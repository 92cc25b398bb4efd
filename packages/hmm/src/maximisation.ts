import type { Chain } from "./chain/chain.js";
import { dirichletLogPrior, dirichletMode } from "./emissions/dirichlet.js";
import type { Counts } from "./expectation.js";
import type { Parameters, Prepared } from "./parameters.js";

/** What is believed before any data; all of it 0 is maximum likelihood. */
export interface Prior {
  /** Added to each expected count of a first state, a transition, a category or a mixture's component. */
  readonly initial: number;
  readonly transition: number;
  readonly emission: number;
  /** Steps that the priors of covariances and rates are worth. */
  readonly strength: number;
  /** Of each track, its columns' variances (Gaussian) or means (Poisson) in the data. */
  readonly scales: readonly Float64Array[];
}

/** What is learned; the rest is frozen. */
export interface Learned {
  readonly initial: boolean;
  readonly transition: boolean;
  readonly emissions: boolean;
}

export const everything: Learned = { initial: true, transition: true, emissions: true };

/**
 * The M step: the likeliest parameters given expected counts and a prior. Probabilities that were exactly 0 stay so.
 * Source: A maximization technique occurring in the statistical analysis of probabilistic functions of Markov chains
 * (Baum, Petrie, Soules & Weiss, 1970).
 */
export function maximisation(
  { parameters, emissions }: Prepared,
  counts: Counts,
  prior: Prior,
  learned: Learned = everything,
): Parameters {
  const { states, initial, transition } = parameters.chain;
  const chain: Chain = {
    states,
    initial: learned.initial ? dirichletMode(initial, counts.initial, states, prior.initial) : initial,
    transition: learned.transition
      ? dirichletMode(transition, counts.transition, states, prior.transition)
      : transition,
  };
  return {
    ...parameters,
    chain,
    emissions: learned.emissions
      ? emissions.map((emission, i) => emission.maximised(counts.emissions[i]!, emissionPrior(prior, i)))
      : parameters.emissions,
  };
}

/** log p(parameters), up to a constant: what EM under a prior adds to the log-likelihood that it never lowers. */
export const logPrior = ({ parameters: { chain }, emissions }: Prepared, prior: Prior): number =>
  emissions.reduce(
    (sum, emission, i) => sum + emission.logPrior(emissionPrior(prior, i)),
    dirichletLogPrior(chain.initial, prior.initial) + dirichletLogPrior(chain.transition, prior.transition),
  );

const emissionPrior = ({ emission, strength, scales }: Prior, track: number) => ({
  counts: emission,
  strength,
  scale: scales[track]!,
});
