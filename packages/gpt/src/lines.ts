import { tensor, type Tensor } from "@tensorflow/tfjs-core";
import {
  column,
  downloadSync,
  InputError,
  isInteger,
  isNumeric,
  offsetsOf,
  select,
  type Rows,
} from "@gen/core";

/** The symbols of each row of a ragged column, each with what stands before and after it. */
export function linesOf(x: Rows, field: string, before: Int32Array, after: Int32Array): Int32Array[] {
  const own = column(downloadSync(select(x, [field])), field);
  const { data } = own;
  if (!isNumeric(data) || !isInteger(data))
    throw new InputError(`Column "${field}" must hold symbols by their numbers.`);
  const offsets = offsetsOf(own);
  return Array.from({ length: x.length }, (_, row) => {
    const symbols = data.subarray(offsets[row], offsets[row + 1]);
    return Int32Array.of(...before, ...symbols, ...after);
  });
}

/** Lines as one int32 tensor [lines, longest], padded with 0 at their ends. */
export function paddedLines(lines: readonly Int32Array[]): Tensor {
  const size = lines.reduce((longest, { length }) => Math.max(longest, length), 0);
  const padded = new Int32Array(lines.length * size);
  lines.forEach((line, i) => padded.set(line, i * size));
  return tensor(padded, [lines.length, size], "int32");
}
