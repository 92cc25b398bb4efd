import type { Pieces } from "./formats/npy.js";

/** Where bytes from outside the package come from: a disk, or what a page was given. */
export interface Files {
  /** The bytes of a file of the user's, or undefined when there is none of that path. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** A file of the user's in pieces, so that it need not fit into memory; where files can be read so. */
  pieces?(path: string): Promise<Pieces | undefined>;
  /** The paths of all files in a folder of the user's and below, from the folder on, with "/" between; or undefined. */
  list(folder: string): Promise<readonly string[] | undefined>;
  /** One file, plain or gzip, of a collection that may be installed; undefined when it isn't there. */
  find(collection: Collection, file: string): Promise<Uint8Array | undefined>;
}

/** A collection of files too large to be built in. */
export type Collection = "mnist" | "fashion-mnist" | "chinese-poetry";
