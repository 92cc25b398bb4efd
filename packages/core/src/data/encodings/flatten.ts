import { InputError } from "../../errors.js";
import { sizeOf } from "../column.js";
import { describe, xFields } from "../spec.js";
import type { Column, DataSpec, Rows } from "../types.js";
import { categoryArray, nearestLevel, numericColumn, rowOf } from "./columns.js";

/** How many elements all x fields have together. Throws `InputError` on text and ragged fields. */
export function widthOf(spec: DataSpec): number {
  const widths = Object.entries(xFields(spec)).map(([name, field]) => {
    if (field.type !== "text" && field.sequence !== true) return sizeOf(field.shape);
    throw new InputError(
      `pca: field "${name}" has no fixed number of elements in ${describe(spec)}; select other fields.`,
    );
  });
  return widths.reduce((sum, width) => sum + width, 0);
}

/** All x fields side by side: [rows, elements]. Throws `InputError` on absent columns and missing values. */
export function flatten(spec: DataSpec, x: Rows): Float64Array {
  const width = widthOf(spec);
  const out = new Float64Array(x.length * width);
  let begin = 0;
  for (const [name, field] of Object.entries(xFields(spec))) {
    if (!Object.hasOwn(x.columns, name))
      throw new InputError(`pca: column "${name}" is missing; give all of x or nothing of it.`);
    const column = numericColumn(x, name);
    const size = sizeOf(column.shape);
    for (let i = 0; i < column.data.length; i++) {
      const value = column.data[i]!;
      if (Number.isNaN(value) || (field.type === "category" && value < 0)) {
        throw new InputError(
          `Column "${name}" is missing (${value}) in row ${rowOf(column, i)}; fill it in or leave the row out.`,
        );
      }
      out[Math.floor(i / size) * width + begin + (i % size)] = value;
    }
    begin += size;
  }
  return out;
}

/** Undoes `flatten`; categories become the nearest level. */
export function unflatten(spec: DataSpec, flat: Float64Array, rows: number): Record<string, Column> {
  const width = widthOf(spec);
  let begin = 0;
  const columns: Record<string, Column> = {};
  for (const [name, field] of Object.entries(xFields(spec))) {
    if (field.type === "text") continue;
    const size = sizeOf(field.shape);
    const data =
      field.type === "category" ? categoryArray(field, rows * size) : new Float64Array(rows * size);
    for (let i = 0; i < data.length; i++) {
      const value = flat[Math.floor(i / size) * width + begin + (i % size)]!;
      data[i] = field.type === "category" ? nearestLevel(value, field.levels) : value;
    }
    columns[name] = { data, shape: field.shape };
    begin += size;
  }
  return columns;
}
