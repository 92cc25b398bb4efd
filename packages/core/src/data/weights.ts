import { InputError } from "../errors.js";
import { isNumeric } from "./column.js";
import { weightField } from "./spec.js";
import type { Dataset, DataSpec, Rows } from "./types.js";
import { whenTaken } from "./views.js";

/** Whether a row can count so much. */
export const isWeight = (value: number): boolean => value >= 0 && value < Infinity;

/**
 * How much each row counts in training, by the field of role weight; undefined where there is no such field or column.
 * Throws `InputError` on what is no finite number of at least 0, naming column and row, and on more or fewer than rows.
 */
export function weightsOf(spec: DataSpec, x: Rows): Float64Array | undefined {
  return checked(weightField(spec), x, (row) => row);
}

/** The data set, whose rows throw `InputError` when they are taken with a weight that is none. */
export function weighedRows(data: Dataset): Dataset {
  const name = weightField(data.spec);
  if (name === undefined) return data;
  return {
    ...data,
    take: (indices, key) =>
      whenTaken(data.take(indices, key), (rows) => {
        checked(name, rows, (row) => indices[row]!);
        return rows;
      }),
  };
}

function checked(
  name: string | undefined,
  x: Rows,
  place: (row: number) => number,
): Float64Array | undefined {
  const data = name !== undefined && Object.hasOwn(x.columns, name) ? x.columns[name]!.data : undefined;
  if (data === undefined) return undefined;
  if (!isNumeric(data))
    throw new InputError(`Column "${name!}" tells how much rows count: it has to be an array of numbers.`);
  if (data.length !== x.length)
    throw new InputError(
      `Column "${name!}" has ${data.length} weights where there are ${x.length} rows: give one for each.`,
    );
  const weights = Float64Array.from(data);
  const wrong = weights.findIndex((weight) => !isWeight(weight));
  if (wrong === -1) return weights;
  throw new InputError(
    `Column "${name!}" is ${weights[wrong]!} in row ${place(wrong) + 1} where a finite number of at least 0 is expected: it tells how much a row counts.`,
  );
}
