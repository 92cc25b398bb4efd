import { column } from "../select.js";
import { isNumeric } from "../column.js";
import type { Encoding, Rows } from "../types.js";

/** log |det dz/dx| of a single row's one real column by central differences and Gaussian elimination. */
export function numericLogDet(encoding: Encoding, x: Rows, name: string): number {
  const source = column(x, name);
  const values = numbers(x, name);
  const size = values.length;
  const jacobian = Array.from({ length: size }, () => new Float64Array(size));
  const step = 1e-5;
  for (let j = 0; j < size; j++) {
    const [below, above] = [-step, step].map((shift) => {
      const data = Float64Array.from(values, (value, i) => (i === j ? value + shift : value));
      return numbers(
        encoding.encode({ length: 1, columns: { ...x.columns, [name]: { ...source, data } } }),
        name,
      );
    }) as [Float64Array, Float64Array];
    for (let i = 0; i < size; i++) jacobian[i]![j] = (above[i]! - below[i]!) / (2 * step);
  }
  return logDeterminant(jacobian);
}

export function numbers(x: Rows, name?: string): Float64Array {
  const { data } = column(x, name);
  if (!isNumeric(data)) throw new Error("not numeric");
  return Float64Array.from(data);
}

function logDeterminant(matrix: Float64Array[]): number {
  let sum = 0;
  for (let pivot = 0; pivot < matrix.length; pivot++) {
    let best = pivot;
    for (let i = pivot; i < matrix.length; i++)
      if (Math.abs(matrix[i]![pivot]!) > Math.abs(matrix[best]![pivot]!)) best = i;
    [matrix[pivot], matrix[best]] = [matrix[best]!, matrix[pivot]!];
    const head = matrix[pivot]!;
    sum += Math.log(Math.abs(head[pivot]!));
    for (let i = pivot + 1; i < matrix.length; i++) {
      const ratio = matrix[i]![pivot]! / head[pivot]!;
      for (let j = pivot; j < matrix.length; j++) matrix[i]![j]! -= ratio * head[j]!;
    }
  }
  return sum;
}
