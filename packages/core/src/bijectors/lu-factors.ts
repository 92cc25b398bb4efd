import { InputError } from "../errors.js";

/** A square matrix W = P (L + I) (U + diag(sign exp(logDiagonal))), row-major; L and U strictly triangular. */
export interface LuFactors<Values> {
  /** A permutation matrix. */
  readonly permutation: Values;
  /** L below the diagonal; what stands elsewhere is not read. */
  readonly lower: Values;
  /** U above the diagonal; what stands elsewhere is not read. */
  readonly upper: Values;
  /** 1 or -1. */
  readonly sign: Values;
  readonly logDiagonal: Values;
}

/**
 * The factors of a square matrix of `size` rows, by Gaussian elimination with the largest pivot of each column.
 * Throws `InputError` for a matrix that can't be inverted.
 */
export function luFactors(matrix: ArrayLike<number>, size: number): LuFactors<Float32Array> {
  const rows = Array.from({ length: size }, (_, row) => ({
    values: Float64Array.from({ length: size }, (__, column) => matrix[row * size + column]!),
    from: row,
  }));
  for (let pivot = 0; pivot < size; pivot++) {
    const below = rows.slice(pivot).map(({ values }) => Math.abs(values[pivot]!));
    const best = pivot + below.indexOf(Math.max(...below));
    [rows[pivot], rows[best]] = [rows[best]!, rows[pivot]!];
    const head = rows[pivot]!.values;
    if (!(Math.abs(head[pivot]!) > 0))
      throw new InputError(
        `luFactors: the ${size}×${size} matrix is singular; give one that can be inverted.`,
      );
    for (const { values } of rows.slice(pivot + 1)) {
      const factor = (values[pivot]! /= head[pivot]!);
      for (let column = pivot + 1; column < size; column++) values[column]! -= factor * head[column]!;
    }
  }
  const filled = (value: (row: number, column: number) => number): Float32Array =>
    Float32Array.from({ length: size * size }, (_, i) => value(Math.floor(i / size), i % size));
  const diagonal = Float64Array.from(rows, ({ values }, i) => values[i]!);
  return {
    permutation: filled((row, column) => Number(rows[column]!.from === row)),
    lower: filled((row, column) => (row > column ? rows[row]!.values[column]! : 0)),
    upper: filled((row, column) => (row < column ? rows[row]!.values[column]! : 0)),
    sign: Float32Array.from(diagonal, Math.sign),
    logDiagonal: Float32Array.from(diagonal, (value) => Math.log(Math.abs(value))),
  };
}
