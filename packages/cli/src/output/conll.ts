import type { DataSpec, Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { elements } from "./elements.js";
import { isSequences, writeInstead } from "./fitting.js";

/** Sequences in CoNLL's columns. Throws `InputError` when there are none. */
export function conll(rows: Rows, spec: DataSpec): string {
  if (!isSequences(spec))
    throw new InputError(`These data (${spec.kind}) are no sequences; ${writeInstead(spec)}.`);
  const { of } = elements(rows, spec);
  return Array.from({ length: rows.length }, (_, row) => block(of(row))).join("");
}

/**
 * One sequence in CoNLL's columns: a line for each element, its values with tabs between and "_" for a missing one, and
 * a blank line. Throws `InputError` on a value that a line can't hold.
 */
export function block(rows: readonly (readonly string[])[]): string {
  return `${rows.map((cells) => `${cells.map(written).join("\t")}\n`).join("")}\n`;
}

function written(cell: string): string {
  if (!/[\t\n\r]/.test(cell)) return cell === "" ? "_" : cell;
  throw new InputError(
    `An element is ${JSON.stringify(cell)}, which a line of columns can't hold; write to a .csv or .json file.`,
  );
}
