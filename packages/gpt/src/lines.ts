import { concat, tensor, tidy, tile, type Tensor } from "@tensorflow/tfjs-core";
import {
  column,
  downloadSync,
  InputError,
  isInteger,
  isNumeric,
  offsetsOf,
  select,
  type Column,
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

export const beginsWith = (line: Int32Array, prefix: Int32Array): boolean =>
  prefix.every((symbol, i) => line[i] === symbol);

/** Lines as one ragged column. */
export function raggedSymbols(lines: readonly Int32Array[]): Column {
  const lengths = Int32Array.from(lines, ({ length }) => length);
  return { data: Int32Array.from(lines.flatMap((line) => Array.from(line))), shape: [], lengths };
}

/** A column of symbols with the same symbols before each line. */
export function withPrefix({ data, lengths, shape }: Column, prefix: Int32Array): Column {
  if (isNumeric(data)) {
    const own = offsetsOf({ data, shape, ...(lengths && { lengths }) });
    const lines = Array.from({ length: own.length - 1 }, (_, row) =>
      Int32Array.of(...prefix, ...data.subarray(own[row], own[row + 1])),
    );
    return raggedSymbols(lines);
  }
  const drawn = data as Tensor;
  const before = tidy(() => tile(tensor(prefix, [1, prefix.length], "int32"), [drawn.shape[0], 1]));
  const whole = concat([before, drawn], 1);
  before.dispose();
  return { data: whole, shape, ...(lengths && { lengths: lengths.map((length) => length + prefix.length) }) };
}
