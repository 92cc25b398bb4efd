import { constants } from "node:fs";
import { access, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InputError } from "@gen/core/manifest";

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** The bytes of a file that was named. Throws `InputError` when there is none or it can't be read. */
export async function readInput(path: string, cwd: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") throw new InputError(`There is no file ${path}; give the path of one.`);
    if (code === "EISDIR") throw new InputError(`${path} is a folder; give the path of a file.`);
    throw new InputError(`${path} can't be read (${code ?? String(error)}); give a file that can.`, {
      cause: error,
    });
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Checks, before long work, that a file can be written there. Throws `InputError`. */
export async function checkWritable(path: string, shown: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw new InputError(
      `${shown} can't be written: its folder is not there or closed; make the folder first.`,
      { cause },
    );
  }
  if (
    await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
  ) {
    throw new InputError(`${shown} is a folder; give the path of a file to write.`);
  }
}
