import { InputError } from "@gen/core";
import Papa from "papaparse";

/** One record of a table, with the line that it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const delimiters = [",", ";", "\t"];

/**
 * Splits a table into records, all with as many cells as the first; blank lines are left out. Cells are parted by
 * whichever of comma, semicolon and tab the first line has most of. Throws `InputError` naming the line.
 */
export function csvRecords(input: string, name: string): readonly CsvRecord[] {
  const text = input.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text), newline: "\n" });
  const wrong = errors.find(({ type }) => type === "Quotes");
  const records: CsvRecord[] = [];
  let line = 1;
  for (const [index, cells] of data.entries()) {
    if (wrong?.row === index)
      throw new InputError(
        `${name}, line ${line}: a quoted cell ${wrong.code === "MissingQuotes" ? "does not end" : "goes on after its quote"}; close or double its quotes.`,
      );
    if (cells.length > 1 || cells[0]?.trim() !== "")
      records.push({ line, cells: cells.map((cell) => cell.trim()) });
    line += 1 + cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  }
  const first = records[0];
  if (first === undefined)
    throw new InputError(`${name} is empty; give a line of column names and lines of data.`);
  const ragged = records.find(({ cells }) => cells.length !== first.cells.length);
  if (ragged !== undefined)
    throw new InputError(
      `${name}, line ${ragged.line} has ${counted(ragged.cells.length, "cell")} where line ${first.line} has ${first.cells.length}; give each line as many cells, and quote a cell that holds the delimiter.`,
    );
  return records;
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function delimiterOf(text: string): string {
  const start = text.search(/[^\n]/);
  const end = text.indexOf("\n", start);
  const line = text.slice(Math.max(start, 0), end === -1 ? undefined : end).replace(/"[^"]*"/g, "");
  const counts = delimiters.map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).delimiter;
}
