import { freeParameters, type Mixture } from "./mixture.js";

/**
 * Bayesian information criterion, -2 log L + p log n with p free parameters: lower is better (Estimating the dimension
 * of a model, Schwarz, 1978).
 */
export const bic = (parameters: number, logLikelihood: number, rows: number): number =>
  -2 * logLikelihood + parameters * Math.log(rows);

/**
 * Akaike information criterion, -2 log L + 2 p with p free parameters: lower is better (A new look at the statistical
 * model identification, Akaike, 1974).
 */
export const aic = (parameters: number, logLikelihood: number): number => -2 * logLikelihood + 2 * parameters;

/** The free parameters of one mixture per class and of the prior over classes. */
export const parametersOfAll = (mixtures: readonly Mixture[]): number =>
  mixtures.reduce((sum, mixture) => sum + freeParameters(mixture), mixtures.length - 1);

/**
 * Integrated completed likelihood, the BIC of assigning each row to one component: BIC + 2 Σ entropy of the rows'
 * responsibilities; lower is better (Assessing a mixture model for clustering with the integrated completed likelihood,
 * Biernacki, Celeux & Govaert, 2000).
 * @param negentropy Σ responsibility · log responsibility, in nats
 */
export const icl = (parameters: number, logLikelihood: number, rows: number, negentropy: number): number =>
  bic(parameters, logLikelihood, rows) - 2 * negentropy;
