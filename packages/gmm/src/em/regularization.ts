/** Below this share of a column's mean square a variance is rounding: the column is constant. */
const rounding = 1e-24;

/** The variance of each column of a row-major matrix; exactly 0 where the column is constant. */
export function columnVariances(x: Float64Array, columns: number): Float64Array {
  const rows = x.length / columns;
  const means = new Float64Array(columns);
  x.forEach((value, i) => (means[i % columns] = means[i % columns]! + value / rows));
  const variances = new Float64Array(columns);
  x.forEach((value, i) => {
    const centred = value - means[i % columns]!;
    variances[i % columns] = variances[i % columns]! + (centred * centred) / rows;
  });
  return variances.map((variance, j) => (variance > rounding * means[j]! * means[j]! ? variance : 0));
}

/**
 * What is added to each variance: a share of the column's own in the data, so that units don't matter. A constant
 * column, which has none, takes the mean of the others', or 1 when all are constant.
 */
export function floorOf(variances: Float64Array, regularization: number): Float64Array {
  const positive = variances.filter((variance) => variance > 0);
  const usual =
    positive.length > 0 ? positive.reduce((sum, variance) => sum + variance, 0) / positive.length : 1;
  return variances.map((variance) => regularization * (variance > 0 ? variance : usual));
}
