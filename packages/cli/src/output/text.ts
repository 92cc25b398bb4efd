import { column, isText, type DataSpec, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { textField } from "./fields.js";
import { writeInstead } from "./fitting.js";

/** One text per line; texts of several lines have an empty line between them. Throws `InputError` when there is none. */
export function text(rows: Rows, spec: DataSpec): string {
  const name = textField(spec);
  const data = name === undefined ? undefined : column(rows, name).data;
  if (data === undefined || !isText(data)) {
    throw new InputError(`These data (${spec.kind}) are no text; ${writeInstead(spec)}.`);
  }
  return data.map((each) => `${each}\n`).join(data.some((each) => each.includes("\n")) ? "\n" : "");
}
