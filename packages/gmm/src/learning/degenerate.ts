import * as float64 from "@gen/core/float64";
import { covarianceOf, type Mixture } from "../mixture/mixture.js";

/**
 * The components whose extent in some direction is the regularization's alone: a variance, or in a full covariance a
 * conditional variance (a squared diagonal entry of the Cholesky factor), not far above `floor`. Columns that are
 * constant in all of the data say nothing of a component, and neither does a covariance that all components share.
 */
export function degenerateComponents(
  mixture: Mixture,
  floor: Float64Array,
  isConstant: (column: number) => boolean,
): number[] {
  if (mixture.type === "tied" || floor.every((least) => least === 0)) return [];
  return Array.from({ length: mixture.components }, (_, k) => k).filter((k) =>
    isDegenerate(mixture, k, floor, isConstant),
  );
}

function isDegenerate(
  mixture: Mixture,
  component: number,
  floor: Float64Array,
  isConstant: (column: number) => boolean,
): boolean {
  const { type, columns: d, covariances } = mixture;
  const meanFloor = floor.reduce((sum, least) => sum + least, 0) / d;
  if (type === "spherical") return covariances[component]! < 2 * meanFloor;
  const factor = type === "full" ? float64.cholesky(covarianceOf(mixture, component), d) : undefined;
  if (type === "full" && factor === undefined) return true;
  return floor.some((least, j) => {
    if (isConstant(j)) return false;
    // A direction that is no axis gathers a floor from each of d columns.
    return factor === undefined
      ? covariances[component * d + j]! < 2 * least
      : factor[j * (d + 1)]! ** 2 < (d + 1) * least;
  });
}
