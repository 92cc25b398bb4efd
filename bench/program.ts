import { existsSync } from "node:fs";
import { UsageError, type BenchProgram } from "./item.js";

/** Our program of an item. Throws `UsageError` when it has none. */
export async function programOf(name: string): Promise<BenchProgram> {
  const file = new URL(`items/${name}.ts`, import.meta.url);
  if (!existsSync(file))
    throw new UsageError(`The item ${name} has no program of ours at bench/items/${name}.ts.`);
  return ((await import(file.href)) as { default: BenchProgram }).default;
}
