import { dataset, InputError, ragged, type Column, type Dataset, type Field } from "@gen/core";
import { tokenLines, type TokenLine, type TokenLines } from "./conll-lines.js";
import { decoded, type TextEncoding } from "./decoded.js";
import { gunzip } from "./gunzip.js";

export interface ConllOptions {
  /** The column of tokens, from 1; by default the first, or FORM of CoNLL-U. */
  readonly token?: number;
  /** The column of tags, from 1; by default the last, or UPOS of CoNLL-U. */
  readonly tag?: number;
  /** "none" leaves the tags out. */
  readonly labels?: "none";
  /** "conllu" reads CoNLL-U, the format of Universal Dependencies, whose ten columns are fixed. */
  readonly format?: "conllu";
  /** How the bytes write text, where they have no mark of it; by default it is found out. */
  readonly encoding?: TextEncoding;
  /** What error messages call the text. */
  readonly name?: string;
}

/**
 * Tagged sequences from CoNLL's format of columns: a line for each token, with its columns parted by tabs or spaces, and
 * a blank line behind each sequence. They become the sequences `tokens`, and `tags` of role y, both categories of their
 * sorted texts. Tokens may be missing (-1), so that a model can be asked about some that it has never seen; so may tags
 * where CoNLL-U leaves them open ("_").
 *
 * Bytes are UTF-8, UTF-16 with a byte order mark, or GB18030, plain or gzip. Throws `InputError` that names the line: no
 * tokens, no tags, a line with more or fewer columns, a token or tag that is empty, columns that there are not.
 */
export function parseConll(input: string | Uint8Array, options: ConllOptions = {}): Dataset {
  const { name = "The text", format, labels, encoding } = options;
  const isUniversal = format === "conllu";
  const text = typeof input === "string" ? input : decoded(gunzip(input, name), name, encoding);
  const found = tokenLines(text, { name, isUniversal });
  const place = placesOf(found, options, name);
  const textsOf = (column: number, what: "token" | "tag"): readonly (readonly string[])[] =>
    found.sequences.map((sequence) => sequence.map((line) => textOf(line, column, { what, name })));
  const tokens = categories(textsOf(place.token, "token"), () => false);
  const tags =
    labels === "none"
      ? undefined
      : categories(textsOf(place.tag, "tag"), (text) => isUniversal && text === "_");
  if (tags?.field.levels === 0)
    throw new InputError(
      `${name} leaves open the tag ("_") of every token; say another column by ?tag=N, or ?labels=none.`,
    );
  return dataset(
    {
      kind: "sequences",
      fields: {
        tokens: { ...tokens.field, optional: true },
        ...(tags && { tags: { role: "y", ...tags.field } }),
      },
    },
    {
      length: found.sequences.length,
      columns: { tokens: tokens.column, ...(tags && { tags: tags.column }) },
    },
  );
}

/** The columns of tokens and tags, from 0. */
function placesOf(
  { first }: TokenLines,
  { token, tag, labels, format }: ConllOptions,
  name: string,
): { readonly token: number; readonly tag: number } {
  const count = first.cells.length;
  const isUniversal = format === "conllu";
  const wanted = { token: token ?? (isUniversal ? 2 : 1), tag: tag ?? (isUniversal ? 4 : count) };
  if (count === 1 && labels !== "none" && !isUniversal)
    throw new InputError(
      `${name}, line ${first.line} has one column, and no tag; put the tag behind each token with a tab between, or say ?labels=none of text that has no tags.`,
    );
  for (const [what, column] of Object.entries(labels === "none" ? { token: wanted.token } : wanted))
    if (!Number.isInteger(column) || column < 1 || column > count)
      throw new InputError(
        `${name}, line ${first.line} has ${count} column${count === 1 ? "" : "s"}, and column ${column} is to be the ${what}; say ?${what}=N with N from 1 to ${count}.`,
      );
  if (labels !== "none" && wanted.token === wanted.tag)
    throw new InputError(
      `${name}: column ${wanted.tag} can't be both the token and the tag; say which ones are by ?token=N&tag=M.`,
    );
  return { token: wanted.token - 1, tag: wanted.tag - 1 };
}

/** A cell, which must not be empty. */
function textOf(
  { line, cells }: TokenLine,
  column: number,
  { what, name }: { readonly what: "token" | "tag"; readonly name: string },
): string {
  const text = what === "tag" ? cells[column]!.trim() : cells[column]!;
  if (text !== "") return text;
  throw new InputError(
    `${name}, line ${line}: column ${column + 1} is empty where a ${what} is expected; fill it in, or remove the line.`,
  );
}

type Categories = Extract<Field, { readonly type: "category" }>;

/** Texts as a ragged column of categories. */
function categories(
  sequences: readonly (readonly string[])[],
  isMissing: (text: string) => boolean,
): { readonly field: Categories; readonly column: Column } {
  const texts = new Set(sequences.flat());
  const names = [...texts].filter((text) => !isMissing(text)).sort();
  const level = new Map(names.map((text, i) => [text, i]));
  return {
    field: {
      sequence: true,
      ...(names.length < texts.size && { optional: true }),
      type: "category",
      shape: [],
      levels: names.length,
      names,
    },
    column: ragged(sequences.map((sequence) => Int32Array.from(sequence, (text) => level.get(text) ?? -1))),
  };
}
