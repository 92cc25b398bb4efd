import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const results = fileURLToPath(new URL("RESULTS.md", import.meta.url));
const head = "# Results\n\nWritten by `pnpm bench`, newest last; never by hand.\n";

export const log = (line: string): void => console.error(line);

export const today = (): string => new Date().toISOString().slice(0, 10);

/** Prints a result and writes it down. */
export function record(title: string, circumstances: string, table: string): void {
  const text = `\n## ${title}, ${today()}\n\n${circumstances}\n\n${table}\n`;
  if (!existsSync(results)) writeFileSync(results, head);
  appendFileSync(results, text);
  console.log(text.trim());
}
