import { InputError } from "../errors.js";
import { chunks } from "./chunks.js";
import { isTensor, isText, rowAt } from "./column.js";
import type { DataSpec, Dataset, Rows } from "./types.js";
import { selectFields, whenTaken } from "./views.js";

/** Fields that may have gaps in the data, and must not have any for a model. */
const toBeWhole = (data: Dataset, needed: DataSpec): readonly string[] =>
  Object.keys(needed.fields).filter(
    (name) => needed.fields[name]!.optional !== true && data.spec.fields[name]?.optional === true,
  );

/** Reads what has to be without gaps. Throws `InputError` as the rows of `wholeRows` do. */
export async function refuseGaps(data: Dataset, needed: DataSpec): Promise<void> {
  const names = toBeWhole(data, needed);
  if (names.length === 0) return;
  const read = chunks(wholeRows(selectFields(data, names), needed));
  while ((await read.next()).done !== true);
}

/**
 * The data set, with no gaps let through in the fields that `needed` does not call optional: rows that have some,
 * when they are taken, throw `InputError` naming the column and the row.
 */
export function wholeRows(data: Dataset, needed: DataSpec): Dataset {
  const whole = toBeWhole(data, needed);
  if (whole.length === 0) return data;
  const checked = (rows: Rows, indices: Int32Array): Rows => {
    for (const name of whole) {
      const row = firstGap(rows, name);
      if (row === undefined) continue;
      throw new InputError(
        `Column "${name}" has no value in row ${indices[row]! + 1}, and this model takes no missing values: fill them in, or leave that column or those rows out.`,
      );
    }
    return rows;
  };
  return {
    ...data,
    take: (indices, key) => whenTaken(data.take(indices, key), (rows) => checked(rows, indices)),
  };
}

/** The first row of a column with a gap: all rows when there is no such column. */
function firstGap(rows: Rows, name: string): number | undefined {
  const column = Object.hasOwn(rows.columns, name) ? rows.columns[name] : undefined;
  if (column === undefined) return rows.length > 0 ? 0 : undefined;
  const { data } = column;
  if (isTensor(data) || isText(data)) return undefined;
  const isReal = data instanceof Float64Array || data instanceof Float32Array;
  const at = (data as Float64Array).findIndex((value) => (isReal ? Number.isNaN(value) : value === -1));
  return at === -1 ? undefined : rowAt(column, at);
}
