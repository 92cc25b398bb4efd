import { extname } from "node:path";
import type { DataSpec, Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { conll } from "./conll.js";
import { csv } from "./csv.js";
import { pictureField, textField } from "./fields.js";
import { json, jsonLines } from "./json.js";
import { npy } from "./npy.js";
import { png } from "./png.js";
import { text } from "./text.js";

/** Rows as the contents of a file. Throws `InputError` when the format can't hold them. */
export type Writer = (rows: Rows, spec: DataSpec) => Uint8Array | string;

const writers: Readonly<Record<string, Writer>> = {
  ".png": (rows, spec) => png(rows, spec),
  ".csv": csv,
  ".npy": npy,
  ".txt": text,
  ".conll": conll,
  ".json": json,
  ".jsonl": jsonLines,
};

/** The writer for a file's extension. Throws `InputError` naming those that are known. */
export function writerOf(path: string): Writer {
  const extension = extname(path).toLowerCase();
  const writer = Object.hasOwn(writers, extension) ? writers[extension] : undefined;
  if (writer !== undefined) return writer;
  throw new InputError(
    `"${path}" has none of the extensions ${Object.keys(writers).join(", ")}, which choose the format.`,
  );
}

/** Rows as they stand on stdout: text, or CSV. Throws `InputError` for pictures. */
export function printed(rows: Rows, spec: DataSpec): string {
  if (textField(spec) !== undefined) return text(rows, spec);
  if (pictureField(spec) === undefined) return csv(rows, spec);
  throw new InputError("Pictures can't be printed: give a file by --out, such as samples.png.");
}
