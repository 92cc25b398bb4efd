import * as float64 from "@gen/core/float64";
import { InputError } from "@gen/core/manifest";

export type CovarianceType = "full" | "tied" | "diagonal" | "spherical";

/**
 * The parameters of one mixture of k Gaussians over d columns, row-major. `covariances` has shape [k, d, d] (full),
 * [d, d] (tied), [k, d] (diagonal) or [k] (spherical).
 */
export interface Mixture {
  readonly type: CovarianceType;
  readonly components: number;
  readonly columns: number;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

/** The shape of `covariances`. */
export function covarianceShape(type: CovarianceType, components: number, columns: number): number[] {
  switch (type) {
    case "full":
      return [components, columns, columns];
    case "tied":
      return [columns, columns];
    case "diagonal":
      return [components, columns];
    case "spherical":
      return [components];
  }
}

/** How many numbers are free: the p of AIC and BIC. */
export function freeParameters({ type, components: k, columns: d }: Mixture): number {
  const covariances = { full: (k * d * (d + 1)) / 2, tied: (d * (d + 1)) / 2, diagonal: k * d, spherical: k };
  return covariances[type] + k * d + (k - 1);
}

/** The covariance matrix of one component, [d, d]. */
export function covarianceOf({ type, columns: d, covariances }: Mixture, component: number): Float64Array {
  if (type === "full") return covariances.slice(component * d * d, (component + 1) * d * d);
  if (type === "tied") return covariances.slice();
  const matrix = new Float64Array(d * d);
  for (let j = 0; j < d; j++)
    matrix[j * d + j] = type === "diagonal" ? covariances[component * d + j]! : covariances[component]!;
  return matrix;
}

/** The lower Cholesky factor of one component's covariance, [d, d]. @throws InputError when there is none. */
export function scaleTrilOf(mixture: Mixture, component: number): Float64Array {
  const lower = float64.cholesky(covarianceOf(mixture, component), mixture.columns);
  if (!lower) throw notPositive(component);
  return lower;
}

/** The deviations of a component whose covariance is diagonal, [d]. @throws InputError when one is not positive. */
export function deviationsOf({ type, columns: d, covariances }: Mixture, component: number): Float64Array {
  return Float64Array.from({ length: d }, (_, j) => {
    const variance = type === "diagonal" ? covariances[component * d + j]! : covariances[component]!;
    if (!(variance > 0)) throw notPositive(component);
    return Math.sqrt(variance);
  });
}

const notPositive = (component: number): InputError =>
  new InputError(
    `The covariance of component ${component} is not positive definite: raise regularization or use fewer components.`,
  );

/** A mixture of standard normals, before anything is learned. */
export function standard(type: CovarianceType, components: number, columns: number): Mixture {
  const size = covarianceShape(type, components, columns).reduce((a, b) => a * b, 1);
  const covariances = new Float64Array(size).fill(type === "diagonal" || type === "spherical" ? 1 : 0);
  if (type === "full" || type === "tied")
    for (let start = 0; start < size; start += columns * columns)
      for (let j = 0; j < columns; j++) covariances[start + j * (columns + 1)] = 1;
  return {
    type,
    components,
    columns,
    weights: new Float64Array(components).fill(1 / components),
    means: new Float64Array(components * columns),
    covariances,
  };
}
