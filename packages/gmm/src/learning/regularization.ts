/** As `floorOf` for columns that share one scale: the same for all, a share of their mean variance. */
export const commonFloor = (variances: Float64Array, regularization: number): Float64Array => {
  const mean = variances.reduce((sum, variance) => sum + variance, 0) / variances.length;
  return variances.map(() => regularization * (mean > 0 ? mean : 1));
};

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
