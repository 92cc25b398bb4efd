import { InputError } from "../errors.js";
import { isNumeric, isTensor, isText, offsetsOf, type NumericArray } from "./column.js";
import type { CategoryField, RealField } from "./spec.js";
import type { Column, DataSpec, Field, Rows } from "./types.js";
import { isWeight } from "./weights.js";

/**
 * Throws `InputError` unless the rows are what the specification says, naming column, row (from 1), value and
 * what is expected. Columns that it does not name are not looked at, and the numbers in tensors are not read.
 */
export function checkRows(spec: DataSpec, x: Rows): void {
  for (const [name, field] of Object.entries(spec.fields)) {
    const column = Object.hasOwn(x.columns, name) ? x.columns[name] : undefined;
    if (column !== undefined) checkColumn(name, field, column);
    else if (field.optional !== true && field.role !== "weight") {
      const there = Object.keys(x.columns).map((other) => `"${other}"`);
      throw new InputError(`Column "${name}" is missing: the rows have ${there.join(", ") || "no columns"}.`);
    }
  }
}

function checkColumn(name: string, field: Field, column: Column): void {
  const { data, shape, lengths } = column;
  if (field.type === "text") {
    if (isText(data)) return;
    throw new InputError(`Column "${name}" holds numbers where text is expected; give one string per row.`);
  }
  if (isText(data)) {
    throw new InputError(
      `Column "${name}" is text ("${data[0] ?? ""}" in row 1) where ${expected(field)} is expected.`,
    );
  }
  if (shape.join() !== field.shape.join()) {
    throw new InputError(
      `Column "${name}" has rows of shape [${shape.join(", ")}] where [${field.shape.join(", ")}] is expected; reshape or resize them.`,
    );
  }
  if (field.sequence === true && lengths === undefined) {
    throw new InputError(
      `Column "${name}" has no lengths where sequences are expected; make it with ragged().`,
    );
  }
  if (field.sequence !== true && lengths !== undefined) {
    throw new InputError(
      `Column "${name}" is ragged where rows of one shape are expected; cut or pad them to that shape.`,
    );
  }
  if (isTensor(data)) return;
  const wrong = field.type === "real" ? badReal(data, field) : badCategory(data, field);
  if (wrong === -1) return;
  const row = rowAt(column, wrong) + 1;
  throw new InputError(
    `Column "${name}" is ${data[wrong]!} in row ${row} where ${expected(field)} is expected.`,
  );
}

function badReal(data: NumericArray, { optional, role }: RealField): number {
  if (role === "weight") return (data as Float64Array).findIndex((value) => !isWeight(value));
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i]) && !(optional === true && Number.isNaN(data[i]))) return i;
  }
  return -1;
}

function badCategory(data: NumericArray, field: CategoryField): number {
  // A byte is a whole number from 0 to 255, whatever it is.
  if (data instanceof Uint8Array && field.levels >= 256) return -1;
  const lowest = field.optional === true ? -1 : 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isInteger(value) || value < lowest || value >= field.levels) return i;
  }
  return -1;
}

function rowAt(column: Column, index: number): number {
  const offsets = offsetsOf(column);
  return offsets.findIndex((_, row) => index < offsets[row + 1]!);
}

function expected(field: Exclude<Field, { type: "text" }>): string {
  if (field.role === "weight") return "a finite number of at least 0";
  if (field.type === "real") return `a finite number${field.optional === true ? " or NaN for missing" : ""}`;
  return `a whole number from 0 to ${field.levels - 1}${field.optional === true ? ", or -1 for missing," : ""}`;
}

/**
 * The rows with only the specification's columns, checked by `checkRows`, in the arrays that engine code expects:
 * categories in integer arrays, from names where the field has names and the column is text. Tensors are borrowed.
 */
export function conform(spec: DataSpec, x: Rows): Rows {
  const columns: Record<string, Column> = {};
  for (const [name, field] of Object.entries(spec.fields)) {
    const column = Object.hasOwn(x.columns, name) ? x.columns[name] : undefined;
    if (column !== undefined) columns[name] = conformColumn(name, field, column);
  }
  const result = { length: x.length, columns };
  checkRows(spec, result);
  return {
    length: x.length,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, integerColumn(spec.fields[name]!, column)]),
    ),
  };
}

/** Names of levels become their numbers; a missing category is NaN in float arrays from elsewhere. */
function conformColumn(name: string, field: Field, column: Column): Column {
  if (field.type !== "category") return column;
  const { data, shape } = column;
  const { names } = field;
  if (isText(data) && names !== undefined) {
    const level = new Map(names.map((text, index) => [text, index]));
    const numbers = data.map((text, row) => {
      const found = level.get(text);
      if (found !== undefined) return found;
      if (text === "" && field.optional === true) return -1;
      throw new InputError(
        `Column "${name}" is "${text}" in row ${row + 1}, which is none of its ${names.length} levels (${listed(names)}).`,
      );
    });
    return { data: Int32Array.from(numbers), shape };
  }
  if (field.optional !== true || !isNumeric(data) || !data.some(Number.isNaN)) return column;
  return { ...column, data: Float64Array.from(data, (value) => (Number.isNaN(value) ? -1 : value)) };
}

/** The first few names, for a message. */
export const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 8).map((name) => `"${name}"`);
  return [...shown, ...(names.length > shown.length ? ["..."] : [])].join(", ");
};

function integerColumn(field: Field, column: Column): Column {
  const { data } = column;
  const isFloat = data instanceof Float64Array || data instanceof Float32Array;
  return field.type === "category" && isFloat ? { ...column, data: Int32Array.from(data) } : column;
}
