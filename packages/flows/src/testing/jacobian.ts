import type { Tensor } from "@tensorflow/tfjs-core";
import { rows, type Rows } from "@gen/core";
import type { FlowModel } from "../flow/flow-model.js";

/** All latents of each row side by side: [rows, size]. */
export const flatLatents = (z: readonly Tensor[]): Float64Array[] => {
  const count = z[0]!.shape[0];
  const parts = z.map((part) => part.dataSync<"float32">());
  return Array.from({ length: count }, (_, row) =>
    Float64Array.from(
      parts.flatMap((part) => {
        const size = part.length / count;
        return Array.from(part.subarray(row * size, (row + 1) * size));
      }),
    ),
  );
};

/** log |det dz/dx| at one row, from central differences of the latents, all of them in one batch. */
export function numericLogDet(model: FlowModel, x: Rows, step: number): number {
  const { data, shape } = x.columns["x"]!;
  const start = data as Float64Array;
  const size = start.length;
  const moved = Float64Array.from({ length: 2 * size * size }, (_, i) => {
    const [which, element] = [Math.floor(i / size), i % size];
    const change = which >> 1 === element ? (which % 2 === 0 ? step : -step) : 0;
    return Math.fround(start[element]! + change);
  });
  const rowsMoved = rows({ x: { data: moved, shape } });
  const { z, logDet } = model.toLatent(rowsMoved);
  const values = flatLatents(z);
  for (const tensor of [...z, logDet]) tensor.dispose();
  const jacobian = Array.from({ length: size }, (_, element) => {
    const [above, below] = [values[2 * element]!, values[2 * element + 1]!];
    const [to, from] = [moved[2 * element * size + element]!, moved[(2 * element + 1) * size + element]!];
    return Array.from(above, (value, i) => (value - below[i]!) / (to - from));
  });
  return logAbsDet(jacobian);
}

/** By elimination with the largest pivot of each column. */
function logAbsDet(a: number[][]): number {
  let total = 0;
  for (let column = 0; column < a.length; column++) {
    const below = a.slice(column).map((row) => Math.abs(row[column]!));
    const pivot = column + below.indexOf(Math.max(...below));
    [a[column], a[pivot]] = [a[pivot]!, a[column]!];
    const head = a[column]!;
    total += Math.log(Math.abs(head[column]!));
    for (const row of a.slice(column + 1)) {
      const factor = row[column]! / head[column]!;
      head.forEach((value, i) => (row[i]! -= factor * value));
    }
  }
  return total;
}
