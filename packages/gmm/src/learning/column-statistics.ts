import type { Numbers } from "./chunk.js";

/** Below this share of a column's mean square a variance is rounding: the column is constant. */
const rounding = 1e-24;

/** Of the values that are there, weighed. */
export interface ColumnStatistics {
  readonly means: Float64Array;
  /** Exactly 0 where a column is constant. */
  readonly variances: Float64Array;
  /** The weight of the rows that have a value. */
  readonly present: Float64Array;
}

/** Mean and variance of each column of several matrices together; a column without any value has mean and variance 0. */
export function columnStatistics(parts: readonly Numbers[], columns: number): ColumnStatistics {
  const means = new Float64Array(columns);
  const variances = new Float64Array(columns);
  const present = new Float64Array(columns);
  const each = (f: (value: number, column: number, weight: number) => void): void => {
    for (const { x, weights } of parts)
      for (let i = 0; i < x.length; i++) {
        const weight = weights === undefined ? 1 : weights[Math.floor(i / columns)]!;
        if (weight > 0 && !Number.isNaN(x[i])) f(x[i]!, i % columns, weight);
      }
  };
  each((_, j, weight) => (present[j]! += weight));
  each((value, j, weight) => (means[j]! += (value * weight) / present[j]!));
  each((value, j, weight) => (variances[j]! += ((value - means[j]!) ** 2 * weight) / present[j]!));
  return {
    means,
    variances: variances.map((variance, j) => (variance > rounding * means[j]! * means[j]! ? variance : 0)),
    present,
  };
}
