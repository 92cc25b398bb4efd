import { multiply } from "../math/float64/index.js";
import { engine } from "./engine.js";

export interface ProductShape {
  /** Rows of the result. */
  readonly rows: number;
  /** What is summed over. */
  readonly inner: number;
  /** Columns of the result. */
  readonly columns: number;
  /** a is given as inner × rows. */
  readonly transposeA?: boolean;
  /** b is given as columns × inner. */
  readonly transposeB?: boolean;
}

/** Optional ability of a back end, which `tf.backend()` may offer: the product of float64 matrices at native speed. */
export interface MatrixMultiplier {
  matrixProduct(a: Float64Array, b: Float64Array, shape: ProductShape): Float64Array;
}

/**
 * The product of two float64 matrices, row-major, by the back end in use where it offers one, else in JavaScript.
 * The two may differ in the last bits, as sums are taken in another order.
 *
 * @throws RangeError when the arrays do not have the elements that the shape tells.
 */
export function matrixProduct(a: Float64Array, b: Float64Array, shape: ProductShape): Float64Array {
  const { rows, inner, columns, transposeA = false, transposeB = false } = shape;
  if (a.length !== rows * inner || b.length !== inner * columns)
    throw new RangeError(
      `A product of ${rows} × ${inner} and ${inner} × ${columns} was given ${a.length} and ${b.length} elements.`,
    );
  const native = multiplierInUse();
  if (native && rows * inner * columns > 0) return native.matrixProduct(a, b, shape);
  const left = transposeA ? transposed(a, inner, rows) : a;
  return multiply(left, transposeB ? transposed(b, columns, inner) : b, rows, inner, columns);
}

/** Whether the back end in use multiplies float64 matrices itself: else loops that skip what is zero may be quicker. */
export const multipliesNatively = (): boolean => multiplierInUse() !== undefined;

/** Read from the engine without starting a back end: these matrices need none. */
function multiplierInUse(): MatrixMultiplier | undefined {
  const backend: object | undefined = engine().registry[engine().backendName];
  if (backend === undefined) return undefined;
  return "matrixProduct" in backend && typeof backend.matrixProduct === "function"
    ? (backend as MatrixMultiplier)
    : undefined;
}

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j]!;
  return result;
}
