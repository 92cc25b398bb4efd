import { aic, bic, icl, parametersOfAll } from "../mixture/information.js";
import type { Gmm } from "../model.js";
import type { Course } from "./courses.js";

/**
 * Of the parameters that the sweep began with: mean log p(x) per row in nats, or log p(x, y) with labels, and criteria;
 * under a prior the variational bound per row.
 */
export function metricsOf(
  model: Gmm,
  best: readonly Course[],
  rows: Float64Array,
  isBound: boolean,
): Record<string, number> {
  const { mixtures, logPriors } = model.shares;
  const count = rows.reduce((sum, own) => sum + own, 0);
  const total = (of: (course: Course) => number): number =>
    best.reduce((sum, course, c) => sum + rows[c]! * (of(course) + logPriors[c]!), 0);
  if (isBound) return { bound: total(({ objective }) => objective) / count };
  const logLikelihood = total((course) => course.logLikelihood);
  const negentropy = best.reduce((sum, course) => sum + course.negentropy, 0);
  const parameters = parametersOfAll(mixtures) - (model.config.covariance === "shared" ? repeated(model) : 0);
  return {
    logLikelihood: logLikelihood / count,
    bic: bic(parameters, logLikelihood, count),
    aic: aic(parameters, logLikelihood),
    icl: icl(parameters, logLikelihood, count, negentropy),
  };
}

/** Parameters of a shared covariance that every class repeats. */
const repeated = ({ columns: d, shares }: Gmm): number => ((shares.mixtures.length - 1) * d * (d + 1)) / 2;
