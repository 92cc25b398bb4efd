import { InputError, type Column, type Field } from "@gen/core";
import { daysOf, isGap, looksDated, looksNumeric, numberOf } from "./csv-cells.js";

/** One column of a table in text, with the line of each of its cells. */
export interface CsvColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly lines: readonly number[];
}

/** A column of data with its field. */
export interface TypedColumn {
  readonly field: Field;
  readonly column: Column;
}

/** As many different values as a column of categories may always have. */
const manyLevels = 50;

/** Whether all values of a column are whole numbers, and few of them differ: class codes, in a label. */
export const isCoded = ({ cells }: CsvColumn): boolean => {
  const values = new Set(given(cells));
  return values.size <= manyLevels && [...values].every((cell) => /^[+-]?\d+$/.test(cell));
};

/** What the cells of a column of reals write. */
interface Notation {
  readonly isMeant: (cell: string) => boolean;
  readonly valueOf: (cell: string) => number | undefined;
  readonly one: string;
  readonly many: string;
}

const numbers: Notation = {
  isMeant: looksNumeric,
  valueOf: numberOf,
  one: "no finite number",
  many: "numbers",
};
const dates: Notation = {
  isMeant: looksDated,
  valueOf: daysOf,
  one: "no date of the calendar",
  many: "dates",
};

/** How a column is read as reals: when at least half of the cells that are not missing are numbers, or dates. */
export function notationOf({ cells }: CsvColumn): Notation | undefined {
  const values = given(cells);
  return [numbers, dates].find(({ isMeant }) => 2 * values.filter(isMeant).length >= values.length);
}

/** Whether a column is read as dates. */
export const isDated = (column: CsvColumn): boolean => notationOf(column) === dates;

/** A real column; a missing cell is NaN. Throws `InputError` on what its notation does not write, naming the line. */
export function realColumn(
  { name, cells, lines }: CsvColumn,
  { valueOf, one, many }: Notation,
  table: string,
): TypedColumn {
  const data = Float64Array.from(cells, (cell, row) => {
    const value = isGap(cell) ? NaN : valueOf(cell);
    if (value !== undefined) return value;
    throw new InputError(
      `${table}, line ${lines[row]!}: column "${name}" is "${shortened(cell)}", which is ${one}, in a column of ${many}; correct it, leave it empty if the model may see gaps, or leave the column out with ?drop=${name}.`,
    );
  });
  return {
    field: { type: "real", shape: [], ...(cells.some(isGap) && { optional: true }) },
    column: { data, shape: [] },
  };
}

/** A column of categories named by its texts, sorted; a missing cell is -1. Throws `InputError` on too many of them. */
export function categoryColumn({ name, cells }: CsvColumn, table: string, label: boolean): TypedColumn {
  const values = given(cells);
  const names = [...new Set(values)].sort(byNumberOrCode);
  if (!label && 2 * values.filter(hasDecimalComma).length > values.length)
    throw new InputError(
      `${table}: column "${name}" holds numbers with a decimal comma, such as "${values.find(hasDecimalComma)!}"; write a point instead, or leave it out with ?drop=${name}.`,
    );
  if (names.length > manyLevels && 2 * names.length > values.length)
    throw new InputError(
      `${table}: column "${name}" has ${names.length} different texts in ${values.length} rows, too many to be categories; leave it out with ?drop=${name}.`,
    );
  if (label && names.length < 2)
    throw new InputError(
      `${table}: the label column "${name}" has one class only ("${shortened(names[0] ?? "")}"); give rows of at least two, or leave it out with ?labels=none.`,
    );
  const level = new Map(names.map((text, index) => [text, index]));
  return {
    field: {
      ...(label && { role: "y" as const }),
      ...(cells.some(isGap) && { optional: true }),
      type: "category",
      shape: [],
      levels: names.length,
      names,
    },
    column: { data: Int32Array.from(cells, (cell) => level.get(cell) ?? -1), shape: [] },
  };
}

/** Numbers as several languages write them; cells are not read so, as the comma may also part thousands. */
const hasDecimalComma = (cell: string): boolean => /^[+-]?\d+,\d+$/.test(cell);

const given = (cells: readonly string[]): readonly string[] => cells.filter((cell) => !isGap(cell));

const byNumberOrCode = (a: string, b: string): number => {
  const difference = Number(a) - Number(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : Number(a > b);
};

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
