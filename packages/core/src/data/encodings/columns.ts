import { InputError } from "../../errors.js";
import type { Key } from "../../random/types.js";
import { isNumeric, isText, offsetsOf, sizeOf, type NumericArray } from "../column.js";
import { describe, xFields, type CategoryField, type RealField } from "../spec.js";
import type { Column, DataSpec, Field, Rows } from "../types.js";

/** A column whose numbers are in JavaScript. */
export interface NumericColumn extends Column {
  readonly data: NumericArray;
}

export const isReal = (field: Field): field is RealField => field.type === "real";
export const isCategory = (field: Field): field is CategoryField => field.type === "category";

/** The x fields that an encoding works on: those asked for, or all that it accepts. `InputError` when none. */
export function chosenFields<F extends Field>(
  id: string,
  spec: DataSpec,
  accepts: (field: Field) => field is F,
  names?: readonly string[],
): Readonly<Record<string, F>> {
  const entries = Object.entries(xFields(spec)).filter((entry): entry is [string, F] => accepts(entry[1]));
  const stranger = names?.find((name) => !entries.some(([there]) => there === name));
  const chosen = names === undefined ? entries : entries.filter(([name]) => names.includes(name));
  if (stranger === undefined && chosen.length > 0) return Object.fromEntries(chosen);
  const trouble =
    stranger === undefined ? "finds no field of x that it works on" : `doesn't work on "${stranger}"`;
  throw new InputError(
    `Encoding "${id}" ${trouble} in ${describe(spec)}; choose another encoding or other fields.`,
  );
}

/** The specification with some fields replaced. */
export const withFields = (spec: DataSpec, fields: Readonly<Record<string, Field>>): DataSpec => ({
  kind: spec.kind,
  fields: { ...spec.fields, ...fields },
});

/** What a field keeps whatever its type becomes. */
export const flagsOf = ({
  role,
  sequence,
  optional,
}: Field): Pick<Field, "role" | "sequence" | "optional"> => ({
  ...(role !== undefined && { role }),
  ...(sequence !== undefined && { sequence }),
  ...(optional !== undefined && { optional }),
});

/** The rows with the named columns mapped, those of them that are there. */
export function mapColumns<F extends Field>(
  x: Rows,
  fields: Readonly<Record<string, F>>,
  f: (column: NumericColumn, field: F, name: string) => Column,
): Rows {
  const columns: Record<string, Column> = { ...x.columns };
  for (const [name, field] of Object.entries(fields)) {
    if (Object.hasOwn(columns, name)) columns[name] = f(numericColumn(x, name), field, name);
  }
  return { length: x.length, columns };
}

/** Every number through a function, in an array of doubles; several times as fast as `Float64Array.from`. */
export function mapNumbers(
  data: ArrayLike<number>,
  f: (value: number, index: number) => number,
): Float64Array {
  const mapped = new Float64Array(data.length);
  for (let i = 0; i < mapped.length; i++) mapped[i] = f(data[i]!, i);
  return mapped;
}

/** For each row the sum of a term over the elements of the named columns; missing ones (NaN) add nothing. */
export function sumElements(
  z: Rows,
  names: readonly string[],
  term: (value: number, name: string, element: number) => number,
): Float64Array {
  const sums = new Float64Array(z.length);
  for (const name of names.filter((each) => Object.hasOwn(z.columns, each))) {
    const column = numericColumn(z, name);
    const size = sizeOf(column.shape);
    const offsets = offsetsOf(column);
    for (let row = 0; row < z.length; row++) {
      for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
        const value = column.data[i]!;
        if (!Number.isNaN(value)) sums[row]! += term(value, name, i % size);
      }
    }
  }
  return sums;
}

export function numericColumn(x: Rows, name: string): NumericColumn {
  const column = x.columns[name]!;
  const { data } = column;
  if (isNumeric(data)) return { ...column, data };
  throw new InputError(
    `Column "${name}" is ${isText(data) ? "text" : "a tensor"} where an encoding expects numbers in JavaScript; ${isText(data) ? "give numbers" : "download it first"}.`,
  );
}

/** The row, from 1, that an element of a column lies in: for messages. */
export const rowOf = (column: Column, index: number): number => {
  const offsets = offsetsOf(column);
  return offsets.findIndex((_, row) => index < offsets[row + 1]!) + 1;
};

/** An array for a field's categories; a missing one (-1) needs a sign. */
export const categoryArray = (
  { levels, optional }: CategoryField,
  length: number,
): Int32Array | Uint8Array =>
  levels <= 256 && optional !== true ? new Uint8Array(length) : new Int32Array(length);

/** The nearest level, or -1 where a value is missing (NaN). */
export const nearestLevel = (value: number, levels: number): number =>
  Number.isNaN(value) ? -1 : Math.min(Math.max(Math.round(value), 0), levels - 1);

/** The key that an encoding draws from. */
export function demandKey(key: Key | undefined, id: string): Key {
  if (key !== undefined) return key;
  throw new InputError(`Encoding "${id}" draws random numbers; pass a key to encode().`);
}

/** What a lossy encoding says when it is asked for a Jacobian. */
export function noLogDet(id: string, loses: string): never {
  throw new InputError(
    `Encoding "${id}" has no log-determinant, because ${loses}; use a score that needs no density.`,
  );
}
