import { binarise, encodedView, InputError, type Dataset, type Encoding } from "@gen/core";
import { parseAddress } from "./address.js";
import type { Files } from "./files.js";
import { parseConll } from "./formats/conll.js";
import { parseCsv } from "./formats/csv.js";
import { imageFolder } from "./formats/image-folder.js";
import { parseNpy } from "./formats/npy.js";
import { parseText } from "./formats/text.js";
import { notKnown } from "./nearest.js";
import { over } from "./over.js";
import type { LogDensity } from "./points/points2d.js";
import { parseQuery } from "./query.js";
import { sources } from "./sources/index.js";
import { limited, partOf } from "./sources/part-of.js";
import type { Part, Source } from "./sources/types.js";

export interface OpenOptions {
  /** The part where the address names none; by default all rows. */
  readonly part?: Part;
  /** Where files come from; without it there are only built-in data. */
  readonly files?: Files;
}

export interface Opened {
  readonly dataset: Dataset;
  /** Fits the encodings that the address asks for: give it the training part, and what it gives to `instantiate`. */
  readonly over?: (train: Dataset) => Promise<Encoding>;
  /** The density of points that were drawn from a known one. */
  readonly logDensity?: LogDensity;
}

/** Those that some data don't heed. */
const settings = [
  "noise",
  "seed",
  "label",
  "weight",
  "token",
  "tag",
  "drop",
  "full",
  "dates",
  "encoding",
] as const;

type Opener = Pick<Source, "load" | "options" | "logDensity">;

/**
 * Opens data by an address: `NAME[:train|:test|:all][?settings]`, the name being one of `sources`, the path of a
 * table (.csv, .tsv), text (.txt, .md) or tagged text (.conll, .conllu, .bio, .iob), plain or .gz, of a matrix (.npy), or a
 * folder of PNG images, in which folders are labels.
 *
 * Settings change the data (count, labels=none, noise, seed, label, weight, token, tag, drop, dates=category, encoding,
 * full, binarise=stochastic|threshold) or ask for an encoding that is fitted on the training part (pca=N, standardise,
 * scale, one-hot; in the order of the address). Throws `InputError` on unknown names and settings, settings that the data don't heed, and bad files.
 */
export async function open(address: string, options: OpenOptions = {}): Promise<Opened> {
  const { name, part = options.part ?? "all", query } = parseAddress(address);
  const { load, binarise: bits, steps } = parseQuery(query);
  const opener = await openerOf(name, options.files);
  for (const key of settings) {
    if (load[key] !== undefined && !opener.options.includes(key))
      throw new InputError(`The setting "${key}" means nothing to "${name}"; leave it out.`);
  }
  const data = await opener.load(part, { ...load, ...(options.files && { files: options.files }) });
  const logDensity = opener.logDensity?.(load.noise);
  return {
    dataset: bits === undefined ? data : binarised(data, bits),
    ...(steps.length > 0 && { over: over(steps) }),
    ...(logDensity && { logDensity }),
  };
}

async function openerOf(name: string, files: Files | undefined): Promise<Opener> {
  const source = sources.find(({ id }) => id === name);
  if (source !== undefined) return source;
  const [, ending] = /\.([a-z]+)(?:\.gz)?$/.exec(name.toLowerCase()) ?? [];
  if (ending !== undefined && Object.hasOwn(readers, ending)) return readers[ending]!(name);
  if (/\.npy$/i.test(name)) return matrixFile(name);
  const paths = await files?.list(name);
  if (paths !== undefined) return folder(name, paths);
  if (/\.png$/i.test(name)) throw new InputError(`"${name}" is one image; give the folder of all of them.`);
  if (/[./\\]/.test(name))
    throw new InputError(
      `"${name}" is no folder here and has none of the endings .csv, .tsv, .txt, .md, .conll, .conllu, .bio, .iob (or these and .gz), .npy; check its path, or convert the file.`,
    );
  throw notKnown(
    "data set",
    name,
    sources.map(({ id }) => id),
  );
}

const tableFile = (name: string): Opener => ({
  options: ["label", "weight", "drop", "dates", "encoding"],
  load: async (part, options = {}) => {
    const data = parseCsv(await bytesOf(name, options.files), { ...options, name });
    return limited(await partOf(data, part, name), options, name);
  },
});

const textFile = (name: string): Opener => ({
  options: ["encoding"],
  load: async (part, options = {}) => {
    const data = parseText(await bytesOf(name, options.files), { ...options, name });
    return limited(await partOf(data, part, name), options, name);
  },
});

const taggedFile =
  (format?: "conllu") =>
  (name: string): Opener => ({
    options: ["token", "tag", "encoding"],
    load: async (part, options = {}) => {
      const bytes = await bytesOf(name, options.files);
      const data = parseConll(bytes, { ...options, ...(format && { format }), name });
      return limited(await partOf(data, part, name), options, name);
    },
  });

/** By the ending of a file's name, with or without .gz behind it. */
const readers: Readonly<Record<string, (name: string) => Opener>> = {
  csv: tableFile,
  tsv: tableFile,
  txt: textFile,
  md: textFile,
  conll: taggedFile(),
  conllu: taggedFile("conllu"),
  bio: taggedFile(),
  iob: taggedFile(),
};

const matrixFile = (name: string): Opener => ({
  options: [],
  load: async (part, options = {}) => {
    const pieces = await options.files?.pieces?.(name);
    const data = parseNpy(pieces ?? (await bytesOf(name, options.files)), { name });
    return limited(await partOf(data, part, name), options, name);
  },
});

const folder = (name: string, paths: readonly string[]): Opener => ({
  options: [],
  load: async (part, options = {}) => {
    const place = name.replace(/[/\\]+$/, "");
    const data = await imageFolder(paths, {
      name: place,
      read: (path) => bytesOf(`${place}/${path}`, options.files),
    });
    return limited(await partOf(data, part, name), options, name);
  },
});

async function bytesOf(name: string, files: Files | undefined): Promise<Uint8Array> {
  const bytes = await files?.read(name);
  if (bytes === undefined) throw new InputError(`There is no file "${name}" here; check its path.`);
  return bytes;
}

/** From half of the brightest level on, or each time with the probability of its brightness. */
function binarised(data: Dataset, bits: "stochastic" | "threshold"): Dataset {
  const { image } = data.spec.fields;
  if (image?.type !== "category")
    throw new InputError(
      `Only images can be binarised, but these data are ${data.spec.kind}; leave "binarise" out.`,
    );
  return encodedView(
    data,
    binarise(data.spec, { fields: ["image"], ...(bits === "threshold" && { threshold: image.levels / 2 }) }),
  );
}
