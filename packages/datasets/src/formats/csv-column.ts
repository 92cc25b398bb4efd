import { InputError, type Column, type Field } from "@gen/core";

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

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const notFinite = /^[+-]?(nan|inf|infinity)$/i;

/** Whether all values of a column are whole numbers, and few of them differ: class codes, in a label. */
export const isCoded = ({ cells }: CsvColumn): boolean => {
  const values = new Set(cells.filter((cell) => cell !== ""));
  return values.size <= manyLevels && [...values].every((cell) => /^[+-]?\d+$/.test(cell));
};

/** Whether a column is read as numbers: when at least half of the cells that are not empty are. */
export function isNumbers({ cells }: CsvColumn): boolean {
  const given = cells.filter((cell) => cell !== "");
  return 2 * given.filter((cell) => number.test(cell) || notFinite.test(cell)).length >= given.length;
}

/** A real column; an empty cell is NaN. Throws `InputError` on text, NaN and what no float64 holds, naming the line. */
export function realColumn({ name, cells, lines }: CsvColumn, table: string): TypedColumn {
  const data = new Float64Array(cells.length);
  for (const [row, cell] of cells.entries()) {
    data[row] = cell === "" ? NaN : Number(cell);
    if (cell === "" || (number.test(cell) && Number.isFinite(data[row]))) continue;
    throw new InputError(
      `${table}, line ${lines[row]!}: column "${name}" is "${shortened(cell)}", which is no finite number, in a column of numbers; correct it, leave it empty if the model may see gaps, or leave the column out with ?drop=${name}.`,
    );
  }
  return {
    field: { type: "real", shape: [], ...(cells.includes("") && { optional: true }) },
    column: { data, shape: [] },
  };
}

/** A column of categories named by its texts, sorted; an empty cell is -1. Throws `InputError` on too many of them. */
export function categoryColumn({ name, cells }: CsvColumn, table: string, label: boolean): TypedColumn {
  const given = cells.filter((cell) => cell !== "");
  const names = [...new Set(given)].sort(byNumberOrCode);
  if (names.length > manyLevels && 2 * names.length > given.length)
    throw new InputError(
      `${table}: column "${name}" has ${names.length} different texts in ${given.length} rows, too many to be categories; leave it out with ?drop=${name}.`,
    );
  if (label && names.length < 2)
    throw new InputError(
      `${table}: the label column "${name}" has one class only ("${shortened(names[0] ?? "")}"); give rows of at least two, or leave it out with ?labels=none.`,
    );
  const level = new Map(names.map((text, index) => [text, index]));
  return {
    field: {
      ...(label && { role: "y" as const }),
      ...(cells.includes("") && { optional: true }),
      type: "category",
      shape: [],
      levels: names.length,
      names,
    },
    column: { data: Int32Array.from(cells, (cell) => level.get(cell) ?? -1), shape: [] },
  };
}

const byNumberOrCode = (a: string, b: string): number => {
  const difference = Number(a) - Number(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : Number(a > b);
};

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
