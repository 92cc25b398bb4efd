import { InputError } from "../errors.js";

/** The first few names, for a message. */
export const listed = (names: readonly string[], most = 8): string => {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  return [...shown, ...(names.length > shown.length ? ["..."] : [])].join(", ");
};

/** The levels of a field by name. */
export const levelsOf = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map(names.map((name, level) => [name, level]));

/** The error for a name in a row, counted from 0, that is none of a column's. */
export const noLevel = (
  column: string,
  { name, row, names }: { readonly name: string; readonly row: number; readonly names: readonly string[] },
): InputError =>
  new InputError(
    `Column "${column}" is "${name}" in row ${row + 1}, which is none of its ${names.length} levels (${listed(names)}).`,
  );
