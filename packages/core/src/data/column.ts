import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../types.js";
import type { Column, ColumnData } from "./types.js";

/** Numbers in a JavaScript array. */
export type NumericArray = Float64Array | Float32Array | Int32Array | Uint8Array;

export const isNumeric = (data: ColumnData): data is NumericArray => ArrayBuffer.isView(data);
export const isText = (data: ColumnData): data is readonly string[] => Array.isArray(data);
export const isTensor = (data: ColumnData): data is Tensor => !isNumeric(data) && !isText(data);

/** Whether a column's numbers are integers by type. */
export const isInteger = (data: NumericArray): data is Int32Array | Uint8Array =>
  data instanceof Int32Array || data instanceof Uint8Array;

/** How many elements an array of this shape has. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** How many rows a column has. */
export function lengthOf(column: Column): number {
  if (column.lengths !== undefined) return column.lengths.length;
  if (isTensor(column.data)) return column.data.rank === 0 ? 0 : column.data.shape[0];
  return column.data.length / sizeOf(column.shape);
}

/** A new numeric array of the same type. */
export function numericLike(data: NumericArray, length: number): NumericArray {
  if (data instanceof Float64Array) return new Float64Array(length);
  if (data instanceof Float32Array) return new Float32Array(length);
  return data instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length);
}

/** Where each row begins in the data, with the end of the last: [rows + 1]. */
export function offsetsOf(column: Column): Int32Array {
  const count = lengthOf(column);
  const size = sizeOf(column.shape);
  const offsets = new Int32Array(count + 1);
  for (let row = 0; row < count; row++) {
    offsets[row + 1] = offsets[row]! + (column.lengths === undefined ? 1 : column.lengths[row]!) * size;
  }
  return offsets;
}

/** The row of the element at an index of the data, both from 0. */
export const rowAt = (column: Column, index: number): number =>
  offsetsOf(column).findIndex((end) => end > index) - 1;

/** The column with other data of as many rows. */
export const withData = (column: Column, data: ColumnData): Column => ({ ...column, data });
