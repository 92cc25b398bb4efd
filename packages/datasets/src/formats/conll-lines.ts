import { InputError } from "@gen/core";

/** One token with what is beside it, and the line that it stands on. */
export interface TokenLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Sequences of tokens, all with as many cells. */
export interface TokenLines {
  readonly sequences: readonly (readonly TokenLine[])[];
  /** The first of them. */
  readonly first: TokenLine;
}

/**
 * Splits text in columns into sequences, at blank lines and at lines of -DOCSTART-. Columns are parted by tabs where the
 * first token's line has one, else by spaces. A line that begins with # is a comment, and outside of CoNLL-U a token
 * where it has the columns of the others. In CoNLL-U ranges of words (1-2) and empty nodes (1.1) are left out.
 * Throws `InputError` naming the line that has more or fewer columns than the first.
 */
export function tokenLines(
  text: string,
  { name, isUniversal }: { readonly name: string; readonly isUniversal: boolean },
): TokenLines {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  const start = lines.find((line) => !isBetween(line) && !line.startsWith("#"));
  const split = start?.includes("\t") === true ? byTabs : bySpaces;
  const width = start === undefined ? 0 : split(start).length;
  const sequences: TokenLine[][] = [];
  let open: TokenLine[] | undefined;
  let first: TokenLine | undefined;
  for (const [index, text] of lines.entries()) {
    if (isBetween(text)) {
      open = undefined;
      continue;
    }
    const token = { line: index + 1, cells: split(text) };
    if (text.startsWith("#") && (isUniversal || token.cells.length !== width)) continue;
    if (isUniversal && /^\d+[-.]\d+$/.test(token.cells[0]!)) continue;
    first ??= token;
    if (token.cells.length !== first.cells.length)
      throw new InputError(
        `${name}, line ${token.line} has ${columns(token)} where line ${first.line} has ${first.cells.length}; give each token a line with as many columns, parted by ${split === byTabs ? "tabs" : "spaces"} as there.`,
      );
    if (open === undefined) sequences.push((open = []));
    open.push(token);
  }
  if (first === undefined)
    throw new InputError(
      `${name} has no tokens; give each a line of its own with its tag behind it, and put a blank line between sequences.`,
    );
  return { sequences, first };
}

const isBetween = (line: string): boolean => /^[ \t]*$/.test(line) || line.startsWith("-DOCSTART-");

const byTabs = (line: string): readonly string[] => line.split("\t");
/** Not at other white space: the wide space of Chinese text is a token. */
const bySpaces = (line: string): readonly string[] => line.replace(/^ +| +$/g, "").split(/ +/);

const columns = ({ cells }: TokenLine): string => `${cells.length} column${cells.length === 1 ? "" : "s"}`;
