/** The words of a command line; single quotes hold one together. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word);

/** The last value of a command's option, as the command line takes it. Throws `Error` when it has none. */
export function valueOf(line: string, option: string): string {
  const words = wordsOf(line);
  const at = words.lastIndexOf(option);
  const value = at === -1 ? undefined : words[at + 1];
  if (value === undefined) throw new Error(`The command "${line}" has no ${option}.`);
  return value;
}
