import { tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";

/** Rows of numbers, in an array. */
interface Table {
  readonly data: Float32Array;
  readonly length: number;
  readonly shape: readonly number[];
}

/** The mean of what a function gives for each row, computed in parts. `from` is the first row of a part. */
export function meanOver(
  { data, length, shape }: Table,
  part: number,
  values: (x: Tensor, from: number) => Tensor,
): number {
  const size = data.length / length;
  let total = 0;
  for (let from = 0; from < length; from += part) {
    const rows = data.subarray(from * size, (from + part) * size);
    const found = tidy(() => values(tensor(rows, [rows.length / size, ...shape]), from).dataSync());
    for (const value of found) total += value;
  }
  return total / length;
}
