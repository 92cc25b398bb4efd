import * as float64 from "@gen/core/float64";

interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** The product of two float64 matrices; one that is transposed is given as inner × rows, or columns × inner. */
export type Product = (a: Float64Array, b: Float64Array, shape: ProductShape) => Float64Array;

/** In JavaScript alone, for worker threads: the same bits as core's product where no back end multiplies itself. */
export const productInJavaScript: Product = (a, b, shape) => {
  const { rows, inner, columns, transposeA = false, transposeB = false } = shape;
  const left = transposeA ? transposed(a, inner, rows) : a;
  return float64.multiply(left, transposeB ? transposed(b, columns, inner) : b, rows, inner, columns);
};

export function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j]!;
  return result;
}
