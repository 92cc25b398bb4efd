import { gather, makeTensor, slice as sliceTensor, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { isNumeric, isTensor, isText, numericLike, offsetsOf, sizeOf, withData } from "./column.js";
import type { Column, Rows } from "./types.js";

/**
 * The rows at these indices, in this order; an index may occur more than once. Columns on the engine become
 * new tensors. Throws `InputError` on an index outside [0, x.length).
 */
export function take(x: Rows, indices: Int32Array | readonly number[]): Rows {
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= x.length) {
      throw new InputError(
        `Index ${index} is outside the ${x.length} rows; give whole numbers from 0 to ${x.length - 1}.`,
      );
    }
  }
  return mapColumns(x, indices.length, (column) => takeColumn(column, indices));
}

/** Rows from `from` up to but without `to`. Columns on the engine become new tensors. */
export function slice(x: Rows, from: number, to: number = x.length): Rows {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= x.length)) {
    throw new InputError(
      `Rows ${from} to ${to} are not within the ${x.length} rows; give 0 <= from <= to <= ${x.length}.`,
    );
  }
  return mapColumns(x, to - from, (column) => sliceColumn(column, from, to));
}

/** As `slice`, but numbers in JavaScript are views of the same memory: for rows that are lent. */
export const lend = (x: Rows, from: number, to: number): Rows =>
  mapColumns(x, to - from, (column) => {
    const { data, lengths } = column;
    if (lengths !== undefined || !isNumeric(data)) return sliceColumn(column, from, to);
    const size = sizeOf(column.shape);
    return withData(column, data.subarray(from * size, to * size));
  });

/** No rows, of the same columns. */
export const emptyLike = (x: Rows): Rows => slice(x, 0, 0);

const mapColumns = (x: Rows, length: number, f: (column: Column) => Column): Rows => ({
  length,
  columns: Object.fromEntries(Object.entries(x.columns).map(([name, column]) => [name, f(column)])),
});

function takeColumn(column: Column, indices: Int32Array | readonly number[]): Column {
  const { data, lengths } = column;
  const taken =
    lengths === undefined
      ? column
      : { ...column, lengths: Int32Array.from(indices, (index) => lengths[index]!) };
  if (isTensor(data))
    return withData(
      taken,
      tidy(() => gather(data, makeTensor(Int32Array.from(indices), [indices.length], "int32"))),
    );
  if (isText(data))
    return withData(
      taken,
      Array.from(indices, (index) => data[index]!),
    );
  const offsets = offsetsOf(column);
  let total = 0;
  for (const index of indices) total += offsets[index + 1]! - offsets[index]!;
  const out = numericLike(data, total);
  let at = 0;
  for (const index of indices) {
    out.set(data.subarray(offsets[index], offsets[index + 1]), at);
    at += offsets[index + 1]! - offsets[index]!;
  }
  return withData(taken, out);
}

function sliceColumn(column: Column, from: number, to: number): Column {
  const { data, lengths } = column;
  const cut = lengths === undefined ? column : { ...column, lengths: lengths.slice(from, to) };
  if (isTensor(data)) return withData(cut, sliceTensor(data, from, to - from));
  if (isText(data)) return withData(cut, data.slice(from, to));
  const offsets = offsetsOf(column);
  return withData(cut, data.slice(offsets[from], offsets[to]));
}
