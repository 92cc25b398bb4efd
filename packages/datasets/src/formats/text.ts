import { dataset, InputError, type Dataset } from "@gen/core";
import { decoded, type TextEncoding } from "./decoded.js";
import { gunzip } from "./gunzip.js";

export interface TextOptions {
  /** What error messages call the text. */
  readonly name?: string;
  /** How the bytes write text, where they have no mark of it; by default it is found out. */
  readonly encoding?: TextEncoding;
}

/**
 * Texts from one text: its paragraphs, parted by blank lines, or its lines when there is no blank one. Field text of
 * type text. Bytes are UTF-8, UTF-16 with a
 * byte order mark, or GB18030, plain or gzip. Throws `InputError` on other bytes, naming the first, and on empty text.
 */
export function parseText(
  input: string | Uint8Array,
  { name = "The text", encoding }: TextOptions = {},
): Dataset {
  const text = (typeof input === "string" ? input : decoded(gunzip(input, name), name, encoding))
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n");
  const lines = text.split("\n").map((line) => (line.trim() === "" ? "" : line));
  const paragraphs = lines
    .join("\n")
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ""))
    .filter((paragraph) => paragraph !== "");
  const rows = paragraphs.length > 1 ? paragraphs : lines.filter((line) => line !== "");
  if (rows.length === 0) throw new InputError(`${name} is empty; give text with at least one line.`);
  return texts(rows);
}

/** A data set of texts. */
export const texts = (data: readonly string[]): Dataset =>
  dataset(
    { kind: "text", fields: { text: { type: "text" } } },
    { length: data.length, columns: { text: { data, shape: [] } } },
  );
