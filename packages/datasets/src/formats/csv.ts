import { dataset, InputError, type Dataset } from "@gen/core";
import { notKnown } from "../nearest.js";
import {
  categoryColumn,
  isCoded,
  isDated,
  notationOf,
  realColumn,
  type CsvColumn,
  type TypedColumn,
} from "./csv-column.js";
import { isGap, numberOf } from "./csv-cells.js";
import { counted, csvRecords } from "./csv-records.js";
import { decoded, type TextEncoding } from "./decoded.js";
import { gunzip } from "./gunzip.js";

export interface CsvOptions {
  /** The column of role y; by default the last one called label, class, species or target that holds classes. */
  readonly label?: string;
  /** The column of role weight, of numbers of at least 0: how much each row counts. */
  readonly weight?: string;
  /** "none" leaves the label column out. */
  readonly labels?: "none";
  /** Columns to leave out. */
  readonly drop?: readonly string[];
  /** "category" keeps columns of dates as categories; else they are days since 1970. */
  readonly dates?: "category";
  /** How the bytes write text, where they have no mark of it; by default it is found out. */
  readonly encoding?: TextEncoding;
  /** What error messages call the table. */
  readonly name?: string;
}

const usualLabels = ["label", "class", "species", "target"];

/**
 * A table from comma-separated values (or semicolons, or tabs) with a line of column names, one scalar field for
 * each column: real if its cells are numbers, or ISO 8601 dates, which are read as days since 1970-01-01 in UTC, else a
 * category of its sorted texts. Cells that are empty or NA, N/A, NaN, null or ? are missing: NaN or -1, and the field
 * is optional. A label of few whole numbers is a category too.
 *
 * Bytes are UTF-8, UTF-16 with a byte order mark, or GB18030, plain or gzip. Throws `InputError` that names line and column: a line with more or fewer cells,
 * text in a column of numbers or dates, no or repeated names, no rows, a column without values or with too many
 * different texts, a label of one class.
 */
export function parseCsv(input: string | Uint8Array, options: CsvOptions = {}): Dataset {
  const { name = "The table", drop = [], labels } = options;
  const all = columnsOf(
    typeof input === "string" ? input : decoded(gunzip(input, name), name, options.encoding),
    name,
  );
  const named = [options.label, options.weight].filter((column) => column !== undefined);
  for (const wanted of [...drop, ...named]) {
    if (!all.some((column) => column.name === wanted))
      throw notKnown(
        `column of ${name}`,
        wanted,
        all.map((column) => column.name),
      );
  }
  const { weight } = options;
  if (weight !== undefined && drop.includes(weight))
    throw new InputError(`${name}: the column "${weight}" can't be dropped and be the weight; do one.`);
  const kept = all.filter((column) => !drop.includes(column.name));
  const label =
    options.label ?? kept.findLast((column) => column.name !== weight && isUsualLabel(column))?.name;
  if (weight !== undefined && weight === label)
    throw new InputError(`${name}: the column "${label}" can't be label and weight; name another for one.`);
  const columns = kept.filter((column) => labels !== "none" || column.name !== label);
  if (columns.length === 0) throw new InputError(`${name} has no columns left; drop fewer of them.`);
  const typed = columns.map(
    (column) =>
      [column.name, typedColumn(column, options, { table: name, label: column.name === label })] as const,
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
  usualLabels.includes(column.name.toLowerCase()) && (notationOf(column) === undefined || isCoded(column));

function typedColumn(
  column: CsvColumn,
  { dates, weight }: CsvOptions,
  { table, label }: { readonly table: string; readonly label: boolean },
): TypedColumn {
  if (column.cells.every(isGap))
    throw new InputError(
      `${table}: column "${column.name}" has no values; fill it in or leave it out with ?drop=${column.name}.`,
    );
  const notation = notationOf(column);
  if (column.name === weight) return weightColumn(column, table);
  const kept = dates === "category" && isDated(column);
  if (notation === undefined || kept || (label && isCoded(column)))
    return categoryColumn(column, table, label);
  const { field, column: data } = realColumn(column, notation, table);
  return { field: label ? { ...field, role: "y" } : field, column: data };
}

/** @throws InputError naming the line of what is no number of at least 0. */
function weightColumn({ name, cells, lines }: CsvColumn, table: string): TypedColumn {
  const data = Float64Array.from(cells, (cell, row) => {
    const weight = isGap(cell) ? NaN : (numberOf(cell) ?? NaN);
    if (weight >= 0) return weight;
    throw new InputError(
      `${table}, line ${lines[row]!}: column "${name}" is "${cell.slice(0, 40)}", and a weight is a number of at least 0; correct it, or name another column.`,
    );
  });
  return { field: { type: "real", shape: [], role: "weight" }, column: { data, shape: [] } };
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
