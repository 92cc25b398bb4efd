import type { CovarianceType } from "../mixture/mixture.js";
import { standard } from "../mixture/mixture.js";
import { priorAround, type Prior, type WeightPrior } from "../variational/prior.js";
import type { DataStatistics } from "./data-statistics.js";
import { floorOf } from "./regularization.js";

interface PriorOptions {
  readonly type: CovarianceType;
  readonly columns: number;
  readonly prior: WeightPrior;
  readonly concentration: number;
  readonly regularization: number;
}

/** The prior of a class: as wide as its rows, each variance with the regularization's share of the column's. */
export function priorFor(
  known: DataStatistics,
  c: number,
  { type, columns: d, prior, concentration, regularization }: PriorOptions,
): Prior {
  const size = known.covariances.length / known.rows.length;
  const covariances = known.covariances.slice(c * size, (c + 1) * size);
  const floor = floorOf(known.variances, regularization);
  if (type === "spherical") covariances[0]! += floor.reduce((sum, least) => sum + least, 0) / d;
  else floor.forEach((least, j) => (covariances[type === "diagonal" ? j : j * (d + 1)]! += least));
  const data = { ...standard(type, 1, d), means: known.means.slice(c * d, (c + 1) * d), covariances };
  return priorAround(data, { weights: prior, concentration });
}
