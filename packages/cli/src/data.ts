import { resolve } from "node:path";
import { chunks, key, type Dataset, type Rows } from "@gen/core";
import { InputError } from "@gen/core/manifest";
import { sources, type Files, type Opened, type Part } from "@gen/datasets";
import { nodeFiles, open } from "@gen/datasets/node";
import type { Flags } from "./arguments/flags.js";
import { line, type Io } from "./io.js";

/** Whether an address names a built-in set; else it is a file's. */
export const isBuiltIn = (address: string): boolean =>
  sources.some(({ id }) => id === address.split(/[?:]/)[0]);

/** The address of the data. Throws `InputError` with examples when none is given. */
export function addressOf(flags: Flags): string {
  const address = flags.text("data");
  if (address !== undefined && address !== "") return address;
  const names = sources.map(({ id }) => id).join(", ");
  throw new InputError(
    `Say which data by --data: a table.csv, a text.txt, tagged text.conll, a folder of PNG images, or a built-in set (${names}).`,
  );
}

/**
 * Opens the data of an address; paths start from the caller's folder. Of a built-in set without a part in its address
 * the given part is taken, of a file all rows. Throws `InputError` as `open` of `@gen/datasets` does.
 */
export async function openData(address: string, part: Part, io: Io): Promise<Opened> {
  const builtIn = sources.some(({ id }) => id === address.split("?")[0]);
  const opened = await open(address, { files: filesFrom(io.cwd), part: builtIn ? part : "all" });
  line(io.stderr, `Data: ${address}${builtIn ? ` (its part :${part})` : ""}, ${opened.dataset.length} rows.`);
  return opened;
}

function filesFrom(cwd: string): Files {
  const files = nodeFiles();
  return {
    ...files,
    read: async (path) => (await files.read(resolve(cwd, path))) ?? files.read(path),
    list: async (folder) => (await files.list(resolve(cwd, folder))) ?? files.list(folder),
  };
}

/** The rows in order, some at a time; stops when interrupted. What the data draw is the same for the same seed. */
export async function* rowsOf(
  data: Dataset,
  seed: number,
  signal: AbortSignal,
): AsyncGenerator<Rows, void, undefined> {
  for await (const rows of chunks(data, 256, key(seed).fold("data"))) {
    signal.throwIfAborted();
    yield rows;
  }
}
