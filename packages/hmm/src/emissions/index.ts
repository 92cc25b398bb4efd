import { CategoricalEmission } from "./categorical.js";
import { GaussianEmission } from "./gaussian.js";
import { PoissonEmission } from "./poisson.js";
import type { Emission, EmissionParameters } from "./types.js";

/** The emission of some parameters. @throws InputError when a covariance is not positive definite. */
export function emissionOf(parameters: EmissionParameters, states: number): Emission {
  switch (parameters.kind) {
    case "categorical":
      return new CategoricalEmission(parameters, states);
    case "gaussian":
      return new GaussianEmission(parameters, states);
    case "poisson":
      return new PoissonEmission(parameters, states);
  }
}

export { CategoricalEmission } from "./categorical.js";
export type { CovarianceType } from "./covariance.js";
export type {
  CategoricalParameters,
  Emission,
  EmissionParameters,
  GaussianParameters,
  PoissonParameters,
  Statistics,
  Track,
} from "./types.js";
