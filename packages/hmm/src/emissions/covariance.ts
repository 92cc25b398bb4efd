export type CovarianceType = "full" | "tied" | "diagonal" | "spherical";

/** The shape of the covariances of so many Gaussians. */
export function covarianceShape(type: CovarianceType, gaussians: number, columns: number): number[] {
  switch (type) {
    case "full":
      return [gaussians, columns, columns];
    case "tied":
      return [columns, columns];
    case "diagonal":
      return [gaussians, columns];
    case "spherical":
      return [gaussians];
  }
}

/** The covariance matrix of one Gaussian, [columns, columns]. */
export function covarianceOf(
  type: CovarianceType,
  covariances: Float64Array,
  columns: number,
  gaussian: number,
): Float64Array {
  const size = columns * columns;
  if (type === "full") return covariances.slice(gaussian * size, (gaussian + 1) * size);
  if (type === "tied") return covariances.slice();
  const matrix = new Float64Array(size);
  for (let j = 0; j < columns; j++)
    matrix[j * columns + j] =
      type === "diagonal" ? covariances[gaussian * columns + j]! : covariances[gaussian]!;
  return matrix;
}

/** Identity matrices in the shape of the type. */
export function identityCovariances(type: CovarianceType, gaussians: number, columns: number): Float64Array {
  const size = covarianceShape(type, gaussians, columns).reduce((a, b) => a * b, 1);
  if (type === "diagonal" || type === "spherical") return new Float64Array(size).fill(1);
  const covariances = new Float64Array(size);
  for (let start = 0; start < size; start += columns * columns)
    for (let j = 0; j < columns; j++) covariances[start + j * (columns + 1)] = 1;
  return covariances;
}
