/** Subtracts `factor` times one row of X from another. */
function subtractRow(x: Float64Array, target: number, source: number, factor: number, columns: number): void {
  if (factor === 0) return;
  const to = target * columns;
  const from = source * columns;
  for (let column = 0; column < columns; column++) x[to + column]! -= factor * x[from + column]!;
}

function divideRow(x: Float64Array, row: number, divisor: number, columns: number): void {
  for (let column = row * columns; column < (row + 1) * columns; column++) x[column]! /= divisor;
}

/**
 * X with L X = B for a lower triangular n × n matrix L.
 *
 * @param b row-major, n × m; m is b's length over n
 */
export function solveLower(l: ArrayLike<number>, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  const columns = x.length / n;
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < row; k++) subtractRow(x, row, k, l[row * n + k]!, columns);
    divideRow(x, row, l[row * n + row]!, columns);
  }
  return x;
}

/** X with U X = B for an upper triangular n × n matrix U; shapes as in `solveLower`. */
export function solveUpper(u: ArrayLike<number>, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  const columns = x.length / n;
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) subtractRow(x, row, k, u[row * n + k]!, columns);
    divideRow(x, row, u[row * n + row]!, columns);
  }
  return x;
}

/** X with Lᵀ X = B for a lower triangular n × n matrix L; shapes as in `solveLower`. */
export function solveLowerTransposed(l: ArrayLike<number>, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  const columns = x.length / n;
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) subtractRow(x, row, k, l[k * n + row]!, columns);
    divideRow(x, row, l[row * n + row]!, columns);
  }
  return x;
}

/** X with A X = B from A's Cholesky factor L; shapes as in `solveLower`. */
export function choleskySolve(l: ArrayLike<number>, n: number, b: ArrayLike<number>): Float64Array {
  return solveLowerTransposed(l, n, solveLower(l, n, b));
}

/** A⁻¹ from A's Cholesky factor, exactly symmetric. */
export function inverseFromCholesky(l: ArrayLike<number>, n: number): Float64Array {
  const identity = new Float64Array(n * n);
  for (let index = 0; index < n; index++) identity[index * (n + 1)] = 1;
  const inverse = choleskySolve(l, n, identity);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < row; column++) {
      const average = (inverse[row * n + column]! + inverse[column * n + row]!) / 2;
      inverse[row * n + column] = average;
      inverse[column * n + row] = average;
    }
  }
  return inverse;
}
