import type { DataSpec, Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { elementsOf } from "./elements.js";
import { isSequences, writeInstead } from "./fitting.js";

/** Sequences in CoNLL's columns. Throws `InputError` when there are none. */
export function conll(rows: Rows, spec: DataSpec): string {
  if (!isSequences(spec))
    throw new InputError(`These data (${spec.kind}) are no sequences; ${writeInstead(spec)}.`);
  const { of } = elementsOf(rows, spec);
  return Array.from({ length: rows.length }, (_, row) => block(of(row))).join("");
}

/**
 * One sequence in CoNLL's columns: a line for each element, its values with tabs between, and a blank line. A missing
 * value is "_", which the reader takes for a missing tag in CoNLL-U only: elsewhere it may be a tag, and token, of its own.
 * Throws `InputError` on a value that would not read back the same.
 */
export function block(rows: readonly (readonly string[])[]): string {
  return `${rows.map((cells) => `${lineOf(cells)}\n`).join("")}\n`;
}

function lineOf(values: readonly string[]): string {
  const cells = values.map((value) => (value === "" ? "_" : value));
  const wrong = cells.find((cell, column) => !isReadBack(cell, column, cells));
  if (wrong === undefined) return cells.join("\t");
  throw new InputError(
    `An element is ${JSON.stringify(wrong)}, which a line of columns can't hold; write to a .csv or .json file.`,
  );
}

/** Columns are parted by tabs, or by spaces where there is one only; the last of several, the tag, is trimmed. */
function isReadBack(cell: string, column: number, { length }: readonly string[]): boolean {
  if (/[\t\n\r]/.test(cell) || (column === 0 && cell.startsWith("-DOCSTART-"))) return false;
  if (length === 1) return !cell.includes(" ");
  return column < length - 1 || cell === cell.trim();
}
