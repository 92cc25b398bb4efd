/**
 * The mode of rows of probabilities under expected counts and a Dirichlet prior that adds `prior` to each count. What
 * was exactly 0 stays so, and a row that nothing speaks of stays as it was.
 */
export function dirichletMode(
  before: Float64Array,
  counts: Float64Array,
  columns: number,
  prior: number,
): Float64Array {
  const result = before.slice();
  for (let row = 0; row < before.length; row += columns) {
    let total = 0;
    for (let at = row; at < row + columns; at++) if (before[at]! > 0) total += counts[at]! + prior;
    if (!(total > 0)) continue;
    for (let at = row; at < row + columns; at++)
      result[at] = before[at]! > 0 ? (counts[at]! + prior) / total : 0;
  }
  return result;
}

/** Σ prior log p over the probabilities that are not exactly 0: the Dirichlet prior up to a constant. */
export function dirichletLogPrior(probabilities: Float64Array, prior: number): number {
  if (prior === 0) return 0;
  let sum = 0;
  for (const p of probabilities) if (p > 0) sum += Math.log(p);
  return prior * sum;
}
