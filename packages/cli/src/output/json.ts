import {
  column,
  isNumeric,
  isText,
  offsetsOf,
  sizeOf,
  type DataSpec,
  type Field,
  type Json,
  type Rows,
} from "@gen/core";
import { fieldsOf } from "./fields.js";
import { shortest } from "./numbers.js";

/** Each row as an object of its fields: nested arrays, names of categories, null where a value is missing. */
export function objects(rows: Rows, spec: DataSpec): readonly Json[] {
  const fields = fieldsOf(rows, spec).map(([name, field]) => [name, valuesOf(rows, name, field)] as const);
  return Array.from({ length: rows.length }, (_, row) =>
    Object.fromEntries(fields.map(([name, value]) => [name, value(row)])),
  );
}

/** A list of objects, one a line. */
export const json = (rows: Rows, spec: DataSpec): string =>
  `[\n${objects(rows, spec)
    .map((each) => JSON.stringify(each))
    .join(",\n")}\n]\n`;

/** An object a line. */
export const jsonLines = (rows: Rows, spec: DataSpec): string =>
  objects(rows, spec)
    .map((each) => `${JSON.stringify(each)}\n`)
    .join("");

function valuesOf(rows: Rows, name: string, field: Field): (row: number) => Json {
  const source = column(rows, name);
  const { data, shape, lengths } = source;
  if (isText(data)) return (row) => data[row]!;
  if (!isNumeric(data)) throw new TypeError("Objects are made of JavaScript arrays.");
  const offsets = offsetsOf(source);
  const scalar = (index: number): Json => {
    const value = shortest(data, index);
    if (field.type !== "category") return Number.isFinite(value) ? value : null;
    return value === -1 ? null : (field.names?.[value] ?? value);
  };
  const nested = (start: number, axes: readonly number[]): Json => {
    const [size, ...inner] = axes;
    if (size === undefined) return scalar(start);
    const stride = sizeOf(inner);
    return Array.from({ length: size }, (_, i) => nested(start + i * stride, inner));
  };
  return (row) => nested(offsets[row]!, lengths === undefined ? shape : [lengths[row]!, ...shape]);
}
