import type { Tensor } from "@tensorflow/tfjs-core";
import { concat, pad, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { isNumeric, isTensor, isText, numericLike, type NumericArray } from "./column.js";
import { column as columnOf } from "./select.js";
import type { Column, ColumnData, Rows } from "./types.js";

/**
 * Rows one after another; all must have the same columns of the same shapes and kinds of data, else
 * `InputError`. Columns on the engine become new tensors.
 */
export function concatenate(parts: readonly Rows[]): Rows {
  const first = parts[0];
  if (first === undefined) return { length: 0, columns: {} };
  const names = Object.keys(first.columns);
  for (const part of parts) {
    const extra = Object.keys(part.columns).find((name) => !names.includes(name));
    if (extra !== undefined)
      throw new InputError(
        `Column "${extra}" is not in all the rows to concatenate; select the same columns in all.`,
      );
  }
  return {
    length: parts.reduce((sum, part) => sum + part.length, 0),
    columns: Object.fromEntries(
      names.map((name) => [
        name,
        join(
          name,
          parts.map((part) => columnOf(part, name)),
        ),
      ]),
    ),
  };
}

function join(name: string, columns: readonly Column[]): Column {
  const first = columns[0]!;
  for (const column of columns) {
    if (
      column.shape.join() !== first.shape.join() ||
      (column.lengths === undefined) !== (first.lengths === undefined)
    ) {
      throw new InputError(
        `Column "${name}" has rows of unlike shapes among the rows to concatenate; make them equal.`,
      );
    }
  }
  const data = joinData(
    name,
    columns.map((column) => column.data),
    first,
  );
  if (first.lengths === undefined) return { data, shape: first.shape };
  return {
    data,
    shape: first.shape,
    lengths: joinNumbers(columns.map((column) => column.lengths ?? new Int32Array(0))),
  };
}

function joinData(name: string, data: readonly ColumnData[], first: Column): ColumnData {
  if (data.every(isText)) return data.flat();
  if (data.every(isNumeric)) return joinNumbers(data);
  if (data.every(isTensor)) return joinTensors(data, first);
  throw new InputError(
    `Column "${name}" is of unlike kinds (text, numbers, tensors) among the rows to concatenate; make them equal.`,
  );
}

function joinNumbers<A extends NumericArray>(arrays: readonly A[]): A;
function joinNumbers(arrays: readonly NumericArray[]): NumericArray {
  const total = arrays.reduce((sum, array) => sum + array.length, 0);
  const alike = arrays.every((array) => array.constructor === arrays[0]!.constructor);
  const out = alike ? numericLike(arrays[0]!, total) : new Float64Array(total);
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}

/** Ragged tensors are padded with zeros to the longest of all. */
const joinTensors = (tensors: readonly Tensor[], { shape, lengths }: Column): Tensor =>
  tidy(() => {
    if (lengths === undefined) return concat([...tensors], 0);
    const longest = Math.max(...tensors.map((tensor) => tensor.shape[1]!));
    const rest = shape.map((): [number, number] => [0, 0]);
    return concat(
      tensors.map((tensor) => pad(tensor, [[0, 0], [0, longest - tensor.shape[1]!], ...rest])),
      0,
    );
  });
