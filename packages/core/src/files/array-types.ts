import type { NamedArray } from "../training/types.js";

export type ArrayType = NamedArray["dtype"];

/** Bytes of one element of each element type, widest first. */
export const elementBytes: Readonly<Record<ArrayType, number>> = { F64: 8, F32: 4, I32: 4, U8: 1 };

export const isArrayType = (name: unknown): name is ArrayType =>
  typeof name === "string" && Object.hasOwn(elementBytes, name);

/** The bytes from `start` to `end` as an array of their type; copied where they are not aligned. */
export function viewBytes(
  dtype: ArrayType,
  bytes: Uint8Array,
  start: number,
  end: number,
): NamedArray["data"] {
  const part = bytes.subarray(start, end);
  const { buffer, byteOffset, byteLength } =
    part.byteOffset % elementBytes[dtype] === 0 ? part : part.slice();
  switch (dtype) {
    case "F64":
      return new Float64Array(buffer, byteOffset, byteLength / 8);
    case "F32":
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case "I32":
      return new Int32Array(buffer, byteOffset, byteLength / 4);
    case "U8":
      return new Uint8Array(buffer, byteOffset, byteLength);
  }
}

/** The bytes of an array, borrowed. */
export const bytesOf = (array: NamedArray): Uint8Array =>
  new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength);
