import { centredCrossProduct } from "./cross-product.js";

/**
 * The means of the columns and their covariance matrix Σᵢ (xᵢ - mean)(xᵢ - mean)ᵀ / divisor.
 *
 * The mean is taken off before the products, so that a large mean costs no digits.
 *
 * @param x row-major, rows × columns
 * @param divisor rows (the default, maximum likelihood) or rows - 1 (unbiased)
 */
export function covariance(
  x: ArrayLike<number>,
  rows: number,
  columns: number,
  divisor = rows,
): { mean: Float64Array; covariance: Float64Array } {
  const mean = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) mean[column]! += x[row * columns + column]!;
  }
  for (let column = 0; column < columns; column++) mean[column]! /= rows;
  const products = centredCrossProduct(x, rows, columns, mean);
  return { mean, covariance: products.map((value) => value / divisor) };
}
