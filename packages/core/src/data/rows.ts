import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { isNumeric, isTensor, isText, lengthOf, numericLike, sizeOf, type NumericArray } from "./column.js";
import type { Column, Rows } from "./types.js";

/** Numbers in nested arrays: the outermost axis counts rows. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/** What a column can be made of. */
export type ColumnLike = Column | NumericArray | NestedNumbers | readonly string[];

/**
 * Makes rows of named columns of equal length: `rows({ x: [[1, 2], [3, 4]], y: ["a", "b"] })`.
 *
 * Nested number arrays become a `Float64Array` whose outermost axis counts rows; a typed array or strings hold
 * one scalar per row; a `Column` is kept as it is. Throws `InputError` when lengths or nested shapes differ.
 */
export function rows(columns: Readonly<Record<string, ColumnLike>>): Rows {
  const made: Record<string, Column> = {};
  let first: { readonly name: string; readonly length: number } | undefined;
  for (const [name, value] of Object.entries(columns)) {
    const column = toColumn(name, value);
    const length = lengthOf(column);
    checkSize(name, column, length);
    first ??= { name, length };
    if (length !== first.length) {
      throw new InputError(
        `Column "${first.name}" has ${first.length} rows but column "${name}" has ${length}; give all columns the same number of rows.`,
      );
    }
    made[name] = column;
  }
  return { length: first?.length ?? 0, columns: made };
}

/** A ragged column from sequences of unequal lengths, concatenated; `shape` is one element's. */
export function ragged(sequences: readonly (NumericArray | readonly number[])[], shape: Shape = []): Column {
  const size = sizeOf(shape);
  const lengths = Int32Array.from(sequences, (sequence) => sequence.length / size);
  const total = sequences.reduce((sum, sequence) => sum + sequence.length, 0);
  const first = sequences[0];
  const data =
    first !== undefined && ArrayBuffer.isView(first) ? numericLike(first, total) : new Float64Array(total);
  let at = 0;
  for (const [row, sequence] of sequences.entries()) {
    if (sequence.length % size !== 0) {
      throw new InputError(
        `Sequence ${row + 1} has ${sequence.length} numbers, which is not a multiple of the ${size} of one element; give whole elements.`,
      );
    }
    if (typeof sequence[0] === "string")
      throw new InputError(
        `Sequence ${row + 1} holds text; give the numbers of levels, which are their places in the field's names.`,
      );
    data.set(sequence, at);
    at += sequence.length;
  }
  return { data, shape, lengths };
}

function toColumn(name: string, value: ColumnLike): Column {
  if (isColumn(value)) return value;
  if (ArrayBuffer.isView(value)) return { data: value, shape: [] };
  if (isStrings(value)) return { data: value, shape: [] };
  const shape = shapeOf(value);
  const data = new Float64Array(sizeOf(shape));
  const end = fill(name, value, shape, data, 0);
  return { data: data.subarray(0, end), shape: shape.slice(1) };
}

const isColumn = (value: ColumnLike): value is Column => "data" in value;

const isStrings = (value: NestedNumbers | readonly string[]): value is readonly string[] =>
  typeof value[0] === "string";

function shapeOf(value: number | NestedNumbers | undefined): number[] {
  return typeof value === "object" ? [value.length, ...shapeOf(value[0])] : [];
}

function fill(
  name: string,
  value: number | NestedNumbers,
  shape: Shape,
  data: Float64Array,
  at: number,
): number {
  if (typeof value !== "object") {
    if (shape.length > 0 || typeof value !== "number") throw unequal(name);
    data[at] = value;
    return at + 1;
  }
  if (value.length !== shape[0]) throw unequal(name);
  return value.reduce((next: number, part) => fill(name, part, shape.slice(1), data, next), at);
}

const unequal = (name: string): InputError =>
  new InputError(
    `Column "${name}" mixes shapes or types; give every row numbers of the same shape, or sequences of unequal lengths through ragged().`,
  );

function checkSize(name: string, { data, shape, lengths }: Column, count: number): void {
  if (sizeOf(shape) === 0) {
    throw new InputError(
      `Column "${name}" has rows of shape [${shape.join(", ")}], which hold nothing; leave it out.`,
    );
  }
  if (isTensor(data)) {
    const expected = lengths === undefined ? [count, ...shape] : [count, data.shape[1] ?? 0, ...shape];
    if (data.shape.join() === expected.join()) return;
    throw new InputError(
      `Column "${name}" is a tensor of shape [${data.shape.join(", ")}] where [${expected.join(", ")}] is expected; reshape it.`,
    );
  }
  if (isText(data) && (shape.length > 0 || lengths !== undefined)) {
    throw new InputError(`Column "${name}" is text with a shape; give one string per row and the shape [].`);
  }
  const elements = lengths === undefined ? count : lengths.reduce((sum, length) => sum + length, 0);
  if (isNumeric(data) && (!Number.isInteger(count) || elements * sizeOf(shape) !== data.length)) {
    throw new InputError(
      `Column "${name}" has ${data.length} numbers, which is not a whole number of rows of shape [${shape.join(", ")}]; check its shape and lengths.`,
    );
  }
}
