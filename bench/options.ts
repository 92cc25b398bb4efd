import { fashionFolder, mnistFolder, tangFile } from "./data.js";
import { UsageError, type BenchOptions, type Item, type Mode } from "./item.js";
import { log } from "./results.js";

/** Carries a call out; one that can't be is told in a line. */
export async function called(carryOut: () => Promise<void>): Promise<void> {
  try {
    await carryOut();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    log(error.message);
    process.exitCode = 2;
  }
}

/** An option's integer, at least `least`; undefined where the option is not given. */
export function integer(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new UsageError(`--${name} must be an integer of at least ${String(least)}, not "${text}".`);
}

/** Where the data of an item are. Throws `UsageError` that says how to get them. */
export const dataOf = ({ needs }: Item, mode: Mode): Pick<BenchOptions, "mnist" | "fashion" | "text"> => ({
  ...(needs[mode].includes("mnist") && { mnist: mnistFolder() }),
  ...(needs[mode].includes("fashion") && { fashion: fashionFolder() }),
  ...(needs[mode].includes("text") && { text: tangFile() }),
});
