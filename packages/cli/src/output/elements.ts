import {
  column,
  isNumeric,
  isText,
  offsetsOf,
  sizeOf,
  type DataSpec,
  type Field,
  type Rows,
} from "@gen/core";
import { cellOf } from "./cells.js";
import { fieldsOf } from "./fields.js";

/** What a row's elements are, one after another: of each its value of every field. */
export interface Elements {
  readonly names: readonly string[];
  readonly of: (row: number) => readonly (readonly string[])[];
}

/** The elements of rows: of their sequences, labels behind all else, and of texts their characters. */
export function elements(rows: Rows, spec: DataSpec): Elements {
  const found = fieldsOf(rows, spec).filter(([, field]) => field.type === "text" || field.sequence === true);
  const fields = [
    ...found.filter(([, { role }]) => role !== "y"),
    ...found.filter(([, { role }]) => role === "y"),
  ];
  const columns = fields.map(([name, field]) => valuesOf(rows, name, field));
  return {
    names: fields.map(([name]) => name),
    of(row) {
      const values = columns.map((values) => values(row));
      return (values[0] ?? []).map((_, i) => values.map((own) => own[i] ?? ""));
    },
  };
}

function valuesOf(rows: Rows, name: string, field: Field): (row: number) => readonly string[] {
  const source = column(rows, name);
  const { data, shape } = source;
  if (isText(data)) return (row) => Array.from(data[row]!);
  if (!isNumeric(data)) throw new TypeError("Elements are read from JavaScript arrays.");
  const [offsets, size, cell] = [offsetsOf(source), sizeOf(shape), cellOf(data, field)];
  return (row) => {
    const [begin, end] = [offsets[row]!, offsets[row + 1]!];
    return Array.from({ length: (end - begin) / size }, (_, i) =>
      Array.from({ length: size }, (_, j) => cell(begin + i * size + j)).join(" "),
    );
  };
}
