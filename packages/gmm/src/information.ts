import { freeParameters, type Mixture } from "./mixture.js";

/** Bayesian information criterion, -2 log L + p log n: lower is better (Estimating the dimension of a model, Schwarz, 1978). */
export const bic = (mixture: Mixture, logLikelihood: number, rows: number): number =>
  -2 * logLikelihood + freeParameters(mixture) * Math.log(rows);

/** Akaike information criterion, -2 log L + 2 p: lower is better (A new look at the statistical model identification, Akaike, 1974). */
export const aic = (mixture: Mixture, logLikelihood: number): number =>
  -2 * logLikelihood + 2 * freeParameters(mixture);
