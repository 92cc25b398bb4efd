/**
 * The lower triangular L with L Lᵀ = A for a symmetric n × n matrix, of which only the lower triangle is read.
 *
 * @param a row-major, n × n
 * @returns row-major, zero above the diagonal; undefined when A is not positive definite
 */
export function cholesky(a: ArrayLike<number>, n: number): Float64Array | undefined {
  const l = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = a[row * n + column]!;
      for (let k = 0; k < column; k++) sum -= l[row * n + k]! * l[column * n + k]!;
      if (column < row) {
        l[row * n + column] = sum / l[column * n + column]!;
      } else {
        if (!(sum > 0 && sum < Infinity)) return undefined;
        l[row * n + row] = Math.sqrt(sum);
      }
    }
  }
  return l;
}

/** log det A = 2 Σ log Lᵢᵢ from A's Cholesky factor. */
export function logDetFromCholesky(l: ArrayLike<number>, n: number): number {
  let sum = 0;
  for (let index = 0; index < n; index++) sum += Math.log(l[index * (n + 1)]!);
  return 2 * sum;
}
