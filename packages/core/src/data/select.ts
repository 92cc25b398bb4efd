import { InputError } from "../errors.js";
import type { Column, Rows } from "./types.js";

/** One column by name; by default the only one. Throws `InputError` naming the columns there are. */
export function column(x: Rows, name?: string): Column {
  const names = Object.keys(x.columns);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const there =
    names.length === 0 ? "no columns" : `columns ${names.map((other) => `"${other}"`).join(", ")}`;
  if (wanted === undefined) throw new InputError(`The rows have ${there}; name the one you mean.`);
  const found = Object.hasOwn(x.columns, wanted) ? x.columns[wanted] : undefined;
  if (found === undefined) throw new InputError(`There is no column "${wanted}": the rows have ${there}.`);
  return found;
}

/** Only the named columns, in that order. Throws `InputError` on a missing one. */
export const select = (x: Rows, names: readonly string[]): Rows => ({
  length: x.length,
  columns: Object.fromEntries(names.map((name) => [name, column(x, name)])),
});
