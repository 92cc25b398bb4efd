import type { Tensor } from "@tensorflow/tfjs-core";
import { makeTensor } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Values } from "../types.js";
import {
  isInteger,
  isTensor,
  isText,
  lengthOf,
  numericLike,
  offsetsOf,
  sizeOf,
  withData,
  type NumericArray,
} from "./column.js";
import { column as columnOf } from "./select.js";
import type { Column, Rows } from "./types.js";

/**
 * A column on the engine: [rows, ...shape], float32 for reals, int32 for integer arrays; a ragged one
 * [rows, longest, ...shape], padded with 0. A column that is there already is returned itself and stays the
 * caller's. Throws `InputError` on text, which has no tensor.
 */
export function tensor(x: Rows | Column, name?: string): Tensor {
  const source = "columns" in x ? columnOf(x, name) : x;
  const { data, shape, lengths } = source;
  if (isTensor(data)) return data;
  if (isText(data)) {
    throw new InputError(
      `${name === undefined ? "The column" : `Column "${name}"`} is text; encode it as numbers first.`,
    );
  }
  const count = lengthOf(source);
  const type = isInteger(data) ? "int32" : "float32";
  if (lengths === undefined) return makeTensor(engineArray(data), [count, ...shape], type);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return makeTensor(engineArray(padded(source, data, longest)), [count, longest, ...shape], type);
}

/** The rows with all columns on the engine, text left as it is. Columns that are there already are borrowed. */
export const upload = (x: Rows): Rows => ({
  length: x.length,
  columns: Object.fromEntries(
    Object.entries(x.columns).map(([name, column]) => [
      name,
      isText(column.data) ? column : withData(column, tensor(column)),
    ]),
  ),
});

/** The rows in JavaScript arrays; tensors are read and not disposed. */
export async function download(x: Rows): Promise<Rows> {
  const entries = Object.entries(x.columns).map(async ([name, column]): Promise<[string, Column]> => [
    name,
    isTensor(column.data) ? received(column, await column.data.data()) : column,
  ]);
  return { length: x.length, columns: Object.fromEntries(await Promise.all(entries)) };
}

/** The rows in JavaScript arrays, read at once; tensors are not disposed. Fails on back ends that only read later. */
export const downloadSync = (x: Rows): Rows => ({
  length: x.length,
  columns: Object.fromEntries(
    Object.entries(x.columns).map(([name, column]) => [
      name,
      isTensor(column.data) ? received(column, column.data.dataSync()) : column,
    ]),
  ),
});

/** The numbers of a model's values, row-major; a tensor is disposed. */
export async function read(values: Values): Promise<Float64Array> {
  if (values instanceof Float64Array) return values;
  try {
    return Float64Array.from(await values.data());
  } finally {
    values.dispose();
  }
}

/** The numbers of a model's values, read at once; a tensor is disposed. Fails on back ends that only read later. */
export function readSync(values: Values): Float64Array {
  if (values instanceof Float64Array) return values;
  try {
    return Float64Array.from(values.dataSync());
  } finally {
    values.dispose();
  }
}

// A copy, because the cpu back end keeps the array it is given.
const engineArray = (data: NumericArray): Float32Array | Int32Array =>
  isInteger(data) ? Int32Array.from(data) : Float32Array.from(data);

function padded(column: Column, data: NumericArray, longest: number): NumericArray {
  const offsets = offsetsOf(column);
  const width = longest * sizeOf(column.shape);
  const out = numericLike(data, lengthOf(column) * width);
  for (let row = 0; row + 1 < offsets.length; row++)
    out.set(data.subarray(offsets[row], offsets[row + 1]), row * width);
  return out;
}

/** Undoes the padding. The array is copied, because the cpu back end gives out its own. */
function received(column: Column, data: NumericArray): Column {
  if (column.lengths === undefined) return withData(column, data.slice());
  const offsets = offsetsOf(column);
  const width = data.length / Math.max(1, column.lengths.length);
  const out = numericLike(data, offsets[offsets.length - 1]!);
  for (let row = 0; row + 1 < offsets.length; row++) {
    out.set(data.subarray(row * width, row * width + offsets[row + 1]! - offsets[row]!), offsets[row]);
  }
  return withData(column, out);
}
