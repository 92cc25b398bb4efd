import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { isNumeric, sizeOf, type NumericArray } from "./column.js";
import { column as columnOf } from "./select.js";
import type { DataSpec, Rows } from "./types.js";

/** Numbers in float64, row-major. */
export interface Matrix {
  /** [rows, columns] */
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** A field's name, with the element's indices when it has a shape: "x[0]". */
  readonly names: readonly string[];
}

/**
 * All real x fields of every row side by side, in the specification's order, in float64. Throws `InputError` on
 * NaN, naming column and row, on a ragged column, on rows of another shape, and on one that is not in JavaScript.
 */
export function matrix(x: Rows, spec: DataSpec): Matrix {
  const names = Object.keys(spec.fields).filter((name) => {
    const field = spec.fields[name]!;
    return field.type === "real" && (field.role ?? "x") === "x";
  });
  const sources = names.map((name) => {
    const { data, shape, lengths } = columnOf(x, name);
    if (!isNumeric(data))
      throw new InputError(`Column "${name}" is not in JavaScript numbers; download it first.`);
    if (lengths !== undefined)
      throw new InputError(`Column "${name}" is ragged; a matrix needs rows of one length.`);
    const field = spec.fields[name]!;
    if (field.type === "real" && field.shape.join() !== shape.join())
      throw new InputError(
        `Column "${name}" has rows of shape [${shape.join(", ")}] instead of [${field.shape.join(", ")}].`,
      );
    return { name, data, shape, size: sizeOf(shape) };
  });
  const width = sources.reduce((sum, { size }) => sum + size, 0);
  const out = new Float64Array(x.length * width);
  let begin = 0;
  for (const { data, size } of sources) {
    if (size === width) out.set(data);
    else for (let row = 0; row < x.length; row++) copyRow(data, row * size, size, out, row * width + begin);
    begin += size;
  }
  const missing = firstMissing(out);
  if (missing !== -1) {
    let element = missing % width;
    const { name } = sources.find(({ size }) => (element -= size) < 0)!;
    throw new InputError(
      `Column "${name}" is missing (NaN) in row ${Math.floor(missing / width) + 1}; fill it in or leave the row out.`,
    );
  }
  return {
    data: out,
    rows: x.length,
    columns: width,
    names: sources.flatMap(({ name, shape }) => elementNames(name, shape)),
  };
}

function copyRow(data: NumericArray, from: number, size: number, out: Float64Array, to: number): void {
  for (let i = 0; i < size; i++) out[to + i] = data[from + i]!;
}

function firstMissing(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return i;
  return -1;
}

/** The names of a column's elements: "x[0, 1]" row-major, or the bare name of a scalar. */
export function elementNames(name: string, shape: Shape): string[] {
  if (shape.length === 0) return [name];
  const indices = shape.reduce<number[][]>(
    (prefixes, size) => prefixes.flatMap((prefix) => Array.from({ length: size }, (_, i) => [...prefix, i])),
    [[]],
  );
  return indices.map((index) => `${name}[${index.join(", ")}]`);
}
