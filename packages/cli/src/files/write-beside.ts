import { rename, rm, writeFile } from "node:fs/promises";
import { InputError } from "@gen/core/manifest";

/**
 * Writes a file whole or not at all: beside it first, then renamed over it.
 * Throws `InputError` when the place can't be written to.
 */
export async function writeBeside(path: string, contents: Uint8Array | string): Promise<void> {
  const beside = `${path}.part`;
  try {
    await writeFile(beside, contents, { flush: true });
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    const trouble = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`${path} can't be written (${trouble}); choose another place.`, { cause });
  }
}
