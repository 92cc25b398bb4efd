import { float64 } from "../../math/index.js";

/**
 * Mean and scatter matrix sum (x - mean)(x - mean)' of rows that come in chunks.
 * Source: Updating formulae and a pairwise algorithm for computing sample variances (Chan, Golub and LeVeque, 1979).
 */
export class Scatter {
  readonly mean: Float64Array;
  /** [width, width] */
  readonly products: Float64Array;
  private count = 0;

  constructor(width: number) {
    this.mean = new Float64Array(width);
    this.products = new Float64Array(width * width);
  }

  /** Adds rows side by side: [rows, width]. */
  add(flat: Float64Array, rows: number): void {
    if (rows === 0) return;
    const width = this.mean.length;
    const { mean, covariance } = float64.covariance(flat, rows, width, 1);
    const total = this.count + rows;
    const delta = mean.map((value, i) => value - this.mean[i]!);
    const weight = (this.count * rows) / total;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        this.products[i * width + j]! += covariance[i * width + j]! + weight * delta[i]! * delta[j]!;
      }
    }
    for (let i = 0; i < width; i++) this.mean[i]! += (delta[i]! * rows) / total;
    this.count = total;
  }
}
