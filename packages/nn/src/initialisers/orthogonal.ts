import { tensor } from "@tensorflow/tfjs-core";
import { InputError } from "@gen/core";
import { normals64 } from "@gen/core/random";
import type { Initialiser } from "./initialiser.js";

/**
 * A random orthogonal matrix: the rows or columns, whichever are fewer, are orthonormal (Exact solutions to the
 * nonlinear dynamics of learning in deep linear neural networks, Saxe et al., 2014). Throws `InputError` for a shape
 * that is no matrix's.
 */
export const orthogonal: Initialiser = (key, shape) => {
  if (shape.length !== 2)
    throw new InputError(`Orthogonal weights need a matrix, but the shape is [${shape.join(", ")}].`);
  const [rows, columns] = shape as [number, number];
  const [count, size] = rows <= columns ? [rows, columns] : [columns, rows];
  const vectors = gramSchmidt(normals64(key, count * size), count, size);
  if (rows <= columns) return tensor(Float32Array.from(vectors), [rows, columns]);
  const turned = new Float32Array(rows * columns);
  for (let c = 0; c < count; c++)
    for (let r = 0; r < size; r++) turned[r * columns + c] = vectors[c * size + r]!;
  return tensor(turned, [rows, columns]);
};

function gramSchmidt(vectors: Float64Array, count: number, size: number): Float64Array {
  for (let i = 0; i < count; i++) {
    const v = vectors.subarray(i * size, (i + 1) * size);
    // Twice is enough to be orthogonal to rounding (Kahan; Parlett, 1980).
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < i; j++) {
        const u = vectors.subarray(j * size, (j + 1) * size);
        const along = u.reduce((sum, x, k) => sum + x * v[k]!, 0);
        for (let k = 0; k < size; k++) v[k] = v[k]! - along * u[k]!;
      }
    const length = Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
    for (let k = 0; k < size; k++) v[k] = v[k]! / length;
  }
  return vectors;
}
