import { InputError, type NamedArray } from "@gen/core";

/** The state of an optimizer or a model, as arrays by name. */
export type Arrays = ReadonlyMap<string, NamedArray>;

/** A copy of float64 numbers as they stand in a file; a list by default. */
export const numbers = (data: Float64Array, shape: readonly number[] = [data.length]): NamedArray => ({
  dtype: "F64",
  shape,
  data: data.slice(),
});

/** A copy of whole numbers as they stand in a file. */
export const integers = (data: Int32Array): NamedArray => ({
  dtype: "I32",
  shape: [data.length],
  data: data.slice(),
});

/** Copies saved float64 numbers into an array of their size. @throws InputError when they are missing or of another size. */
export function restoreNumbers(state: Arrays, name: string, into: Float64Array): void {
  into.set(savedNumbers(state, name, into.length));
}

/** A copy of saved float64 numbers. @throws InputError when they are missing or not as many as expected. */
export function savedNumbers(state: Arrays, name: string, length?: number): Float64Array {
  const data = state.get(name)?.data;
  if (data instanceof Float64Array && (length === undefined || data.length === length)) return data.slice();
  throw unusable(name);
}

/** A copy of saved whole numbers. @throws InputError when they are missing or not as many as expected. */
export function savedIntegers(state: Arrays, name: string, length?: number): Int32Array {
  const data = state.get(name)?.data;
  if (data instanceof Int32Array && (length === undefined || data.length === length)) return data.slice();
  throw unusable(name);
}

export const unusable = (name: string): InputError =>
  new InputError(`The saved state has no usable array "${name}": it is missing or of another size.`);
