import { InputError } from "../errors.js";
import { isNumeric } from "./column.js";
import { weightField } from "./spec.js";
import type { Dataset, DataSpec, Rows } from "./types.js";
import { whenTaken } from "./views.js";

/** Whether a row can count so much. */
export const isWeight = (value: number): boolean => value >= 0 && value < Infinity;

/**
 * How much each row counts in training, by the field of role weight; undefined where there is no such field or column.
 * Throws `InputError` on what is no finite number of at least 0, naming column and row.
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
  if (data === undefined || !isNumeric(data)) return undefined;
  const weights = Float64Array.from(data);
  const wrong = weights.findIndex((weight) => !isWeight(weight));
  if (wrong === -1) return weights;
  throw new InputError(
    `Column "${name!}" is ${weights[wrong]!} in row ${place(wrong) + 1} where a finite number of at least 0 is expected: it tells how much a row counts.`,
  );
}
