import {
  column,
  elementNames,
  isNumeric,
  isText,
  offsetsOf,
  type DataSpec,
  type Field,
  type Rows,
} from "@gen/core";
import Papa from "papaparse";
import { cellOf, type Cell } from "./cells.js";
import { fieldsOf } from "./fields.js";

/** Comma-separated values with a line of names; a field with a shape takes a column for each element. */
export function csv(rows: Rows, spec: DataSpec): string {
  const parts = fieldsOf(rows, spec).map(([name, field]) => ({
    names: field.type === "text" || field.sequence === true ? [name] : elementNames(name, field.shape),
    cells: cellsOf(rows, name, field),
  }));
  const data = Array.from({ length: rows.length }, (_, row) => parts.flatMap(({ cells }) => cells(row)));
  return `${Papa.unparse({ fields: parts.flatMap(({ names }) => names), data }, { newline: "\n" })}\n`;
}

/** A row's cells of one field. */
function cellsOf(rows: Rows, name: string, field: Field): (row: number) => readonly Cell[] {
  const source = column(rows, name);
  const { data } = source;
  if (isText(data)) return (row) => [data[row]!];
  if (!isNumeric(data)) throw new TypeError("Tables are written from JavaScript arrays.");
  const offsets = offsetsOf(source);
  const cell = cellOf(data, field);
  const elements = (row: number): Cell[] =>
    Array.from({ length: offsets[row + 1]! - offsets[row]! }, (_, i) => cell(offsets[row]! + i));
  return field.type !== "text" && field.sequence === true ? (row) => [elements(row).join(" ")] : elements;
}
