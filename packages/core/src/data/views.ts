import { InputError } from "../errors.js";
import { select } from "./select.js";
import { selectSpec } from "./spec.js";
import type { Dataset, Rows } from "./types.js";

/** Some rows of a data set, in this order. Throws `InputError` on an index outside it. */
export function subset(data: Dataset, indices: Int32Array | readonly number[]): Dataset {
  const held = checked(indices, data.length);
  return {
    spec: data.spec,
    length: held.length,
    ...streaming(data),
    take: (wanted, key) =>
      data.take(
        checked(wanted, held.length).map((index) => held[index]!),
        key,
      ),
  };
}

/** A data set with only the named fields, in that order. Throws `InputError` on one that isn't there. */
export function selectFields(data: Dataset, names: readonly string[]): Dataset {
  const spec = selectSpec(data.spec, names);
  return {
    spec,
    length: data.length,
    ...streaming(data),
    take: (indices, key) => whenTaken(data.take(indices, key), (rows) => only(rows, names)),
  };
}

/** What a view takes over from the data set that it shows. */
export const streaming = ({ isStreamed }: Dataset): Pick<Dataset, "isStreamed"> =>
  isStreamed === undefined ? {} : { isStreamed };

/** What is made of rows, at once where they are there at once. (Not "then": a module of that name is a thenable.) */
export const whenTaken = <T>(rows: Rows | Promise<Rows>, f: (rows: Rows) => T): T | Promise<T> =>
  rows instanceof Promise ? rows.then(f) : f(rows);

// An optional field may have no column.
const only = (rows: Rows, names: readonly string[]): Rows =>
  select(
    rows,
    names.filter((name) => Object.hasOwn(rows.columns, name)),
  );

function checked(indices: Int32Array | readonly number[], length: number): Int32Array {
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= length) {
      throw new InputError(
        `Index ${index} is outside the ${length} rows; give whole numbers from 0 to ${length - 1}.`,
      );
    }
  }
  return Int32Array.from(indices);
}
