import { characters, definePlugin, identity } from "@gen/core";
import { inspect } from "./inspect.js";
import { manifest } from "./manifest.js";
import { Hmm } from "./model.js";
import { trainer } from "./trainer.js";

/** Hidden Markov models as a plugin. */
export const hmm = definePlugin({
  manifest,
  encoding: (data) =>
    Object.values(data.spec.fields).some(({ type }) => type === "text")
      ? characters(data)
      : identity(data.spec),
  build: ({ spec, config, saved }) => new Hmm(spec, config, saved),
  trainer,
  inspect,
});

export default hmm;
export type { Chain } from "./chain/chain.js";
export type { Path } from "./chain/viterbi.js";
export type { HmmConfig } from "./config.js";
export type {
  CategoricalParameters,
  CovarianceType,
  EmissionParameters,
  GaussianParameters,
  PoissonParameters,
  Track,
} from "./emissions/index.js";
export { expectation, merge, type Counts } from "./expectation.js";
export {
  filtered,
  likeliestPaths,
  likeliestPathsOf,
  logLikelihoods,
  posteriors,
  sampledPaths,
} from "./inference.js";
export { inside } from "./inside.js";
export type { LogProbabilities } from "./log-probabilities.js";
export { manifest } from "./manifest.js";
export { everything, logPrior, maximisation, type Learned, type Prior } from "./maximisation.js";
export { Hmm } from "./model.js";
export { OnlineFilter } from "./online-filter.js";
export { prepare, type Parameters, type Prepared } from "./parameters.js";
export type { Sequences } from "./sequences.js";
export { trainer, type HmmTraining } from "./trainer.js";
