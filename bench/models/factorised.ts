/** W = P (L + I) (U + diag(sign · exp(r))), L and U strictly triangular. */
export interface Factors {
  readonly permutation: Float32Array;
  readonly lower: Float32Array;
  readonly upper: Float32Array;
  readonly sign: Float32Array;
  readonly logDiagonal: Float32Array;
}

/** The factors of a square matrix, row-major, by elimination with the largest pivot of each column. */
export function factorised(matrix: ArrayLike<number>, size: number): Factors {
  const rows = Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size }, (__, column) => matrix[row * size + column]!),
  );
  const order = rows.map((_, row) => row);
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < size; row++)
      if (Math.abs(rows[row]![pivot]!) > Math.abs(rows[best]![pivot]!)) best = row;
    [rows[pivot], rows[best]] = [rows[best]!, rows[pivot]!];
    [order[pivot], order[best]] = [order[best]!, order[pivot]!];
    for (let row = pivot + 1; row < size; row++) {
      const factor = (rows[row]![pivot]! /= rows[pivot]![pivot]!);
      for (let column = pivot + 1; column < size; column++)
        rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  const filled = (value: (row: number, column: number) => number): Float32Array =>
    Float32Array.from({ length: size * size }, (_, i) => value(Math.floor(i / size), i % size));
  return {
    permutation: filled((row, column) => Number(order[column] === row)),
    lower: filled((row, column) => (row > column ? rows[row]![column]! : 0)),
    upper: filled((row, column) => (row < column ? rows[row]![column]! : 0)),
    sign: Float32Array.from(rows, (row, i) => Math.sign(row[i]!)),
    logDiagonal: Float32Array.from(rows, (row, i) => Math.log(Math.abs(row[i]!))),
  };
}
