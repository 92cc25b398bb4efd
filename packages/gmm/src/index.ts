import { definePlugin } from "@gen/core";
import { manifest } from "./manifest.js";
import { covarianceOf } from "./mixture/mixture.js";
import { Gmm } from "./model.js";
import { trainer } from "./trainer.js";

/** Gaussian mixtures as a plugin. */
export const gmm = definePlugin({
  manifest,
  build: ({ spec, config, saved }) => new Gmm(spec, config, saved),
  trainer,
  *inspect(model: Gmm) {
    yield {
      view: "ellipses",
      value: model.shares.mixtures.flatMap((mixture, c) =>
        Array.from(mixture.weights, (weight, k) => ({
          mean: mixture.means.slice(k * mixture.columns, (k + 1) * mixture.columns),
          covariance: covarianceOf(mixture, k),
          weight: weight * Math.exp(model.shares.logPriors[c]!),
        })),
      ),
    };
  },
});

export default gmm;
export { aic, bic, icl, parametersOfAll } from "./mixture/information.js";
export { manifest } from "./manifest.js";
export { freeParameters, standard, type CovarianceType, type Mixture } from "./mixture/mixture.js";
export { Gmm, type GmmConfig } from "./model.js";
export { trainer, type GmmTraining } from "./trainer.js";
export { expectation } from "./em/expectation.js";
export { merge, type Moments } from "./em/moments.js";
export { prepare, type Prepared } from "./em/prepared.js";
export { conditional, marginal } from "./mixture/conditional.js";
export { logLikelihoodOf } from "./mixture/gaussian.js";
export { maximisation } from "./em/maximisation.js";
