import { dataset, InputError, type Dataset } from "@gen/core";
import { notKnown } from "../nearest.js";
import {
  categoryColumn,
  isCoded,
  isNumbers,
  realColumn,
  type CsvColumn,
  type TypedColumn,
} from "./csv-column.js";
import { counted, csvRecords } from "./csv-records.js";
import { gunzip } from "./gunzip.js";
import { utf8 } from "./utf8.js";

export interface CsvOptions {
  /** The column of role y; by default the last one called label, class, species or target that holds classes. */
  readonly label?: string;
  /** "none" leaves the label column out. */
  readonly labels?: "none";
  /** Columns to leave out. */
  readonly drop?: readonly string[];
  /** What error messages call the table. */
  readonly name?: string;
}

const usualLabels = ["label", "class", "species", "target"];

/**
 * A table from comma-separated values (or semicolons, or tabs) with a line of column names, one scalar field for
 * each column: real if its cells are numbers, else a category of its sorted texts. Empty cells are missing: NaN or
 * -1, and the field is optional. A label of few whole numbers is a category too.
 *
 * Bytes are UTF-8, plain or gzip. Throws `InputError` that names line and column: a line with more or fewer cells,
 * text or NaN in a column of numbers, no or repeated names, no rows, a column without values or with too many
 * different texts, a label of one class.
 */
export function parseCsv(input: string | Uint8Array, options: CsvOptions = {}): Dataset {
  const { name = "The table", drop = [], labels } = options;
  const all = columnsOf(typeof input === "string" ? input : utf8(gunzip(input, name), name), name);
  for (const wanted of [...drop, ...(options.label === undefined ? [] : [options.label])]) {
    if (!all.some((column) => column.name === wanted))
      throw notKnown(
        `column of ${name}`,
        wanted,
        all.map((column) => column.name),
      );
  }
  const kept = all.filter((column) => !drop.includes(column.name));
  const label = options.label ?? kept.findLast(isUsualLabel)?.name;
  const columns = kept.filter((column) => labels !== "none" || column.name !== label);
  if (columns.length === 0) throw new InputError(`${name} has no columns left; drop fewer of them.`);
  const typed = columns.map(
    (column) => [column.name, typedColumn(column, name, column.name === label)] as const,
  );
  return dataset(
    { kind: "table", fields: Object.fromEntries(typed.map(([key, { field }]) => [key, field])) },
    {
      length: columns[0]!.cells.length,
      columns: Object.fromEntries(typed.map(([key, { column }]) => [key, column])),
    },
  );
}

const isUsualLabel = (column: CsvColumn): boolean =>
  usualLabels.includes(column.name.toLowerCase()) && (!isNumbers(column) || isCoded(column));

function typedColumn(column: CsvColumn, table: string, label: boolean): TypedColumn {
  if (column.cells.every((cell) => cell === ""))
    throw new InputError(
      `${table}: column "${column.name}" has no values; fill it in or leave it out with ?drop=${column.name}.`,
    );
  if (label && isCoded(column)) return categoryColumn(column, table, true);
  if (!isNumbers(column)) return categoryColumn(column, table, label);
  const { field, column: data } = realColumn(column, table);
  return { field: label ? { ...field, role: "y" } : field, column: data };
}

function columnsOf(text: string, name: string): readonly CsvColumn[] {
  const [header, ...rows] = csvRecords(text, name);
  const names = header?.cells ?? [];
  for (const [index, column] of names.entries()) {
    const where = `${name}, line ${header?.line ?? 1}`;
    if (column === "")
      throw new InputError(
        `${where}: column ${index + 1} has no name; give each column one in the first line.`,
      );
    // It would set an object's prototype instead of a property.
    if (column === "__proto__")
      throw new InputError(`${where}: column ${index + 1} can't be called "__proto__"; rename it.`);
    if (names.indexOf(column) !== index)
      throw new InputError(`${where}: two columns are called "${column}"; rename one.`);
  }
  if (names.every((column) => Number.isFinite(Number(column))))
    throw new InputError(
      `${name}, line ${header?.line ?? 1} has numbers where column names are expected; put a line of names first.`,
    );
  if (rows.length === 0)
    throw new InputError(`${name} has ${counted(names.length, "column name")} but no rows; give some.`);
  const lines = rows.map(({ line }) => line);
  return names.map((column, index) => ({
    name: column,
    lines,
    cells: rows.map(({ cells }) => cells[index]!),
  }));
}
