import { all, InputError } from "@gen/core";
import type { Files } from "../files.js";
import { decoded } from "../formats/decoded.js";
import { parseText, texts } from "../formats/text.js";
import { limited, partOf } from "./part-of.js";
import type { LoadOptions, Source } from "./types.js";
import { taggedPoems } from "./tagged-poems.js";
import { unpack } from "./unpack.js";

const id = "tang-poems";

const about = {
  credit: "Quan Tang shi (全唐詩, 1705); npm chinese-poetry, JackeyGao",
  licence: "MIT (the digital edition; the poems are in the public domain)",
  options: ["full"],
} as const;

export const poemSources: readonly Source[] = [
  {
    ...about,
    id,
    title: { en: "Tang poems", zh: "唐诗" },
    kind: "text",
    labelled: false,
    load: async (part, options = {}) =>
      limited(await partOf(texts(await poems(options)), part, id), options, id),
  },
  {
    ...about,
    id: `${id}-tagged`,
    title: { en: "Tang poems, marks to restore", zh: "唐诗断句" },
    kind: "sequences",
    labelled: true,
    load: async (part, options = {}) =>
      limited(await partOf(taggedPoems(await poems(options)), part, `${id}-tagged`), options, `${id}-tagged`),
  },
];

async function poems({ full, files }: LoadOptions): Promise<readonly string[]> {
  if (full === true) return installed(files);
  const { data } = await import("../../embedded/tang-poems.js");
  const parsed = await all(parseText(unpack(data, id), { name: id }));
  return parsed.columns["text"]!.data as readonly string[];
}

/** All of the collection's files, a thousand poems each, in their order. */
async function installed(files: Files | undefined): Promise<readonly string[]> {
  const poems: string[] = [];
  for (let number = 0; ; number += 1000) {
    const file = `poet.tang.${number}.json`;
    const bytes = await files?.find("chinese-poetry", file);
    if (bytes === undefined) break;
    poems.push(...poemsOf(decoded(bytes, file, "utf-8"), file));
  }
  if (poems.length === 0)
    throw new InputError(
      `The whole of ${id} is not installed here; run "npm install chinese-poetry", or leave "full" out for the 3000 poems that are built in.`,
    );
  return poems;
}

/** Title and lines of each poem. Some entries have neither title nor words. */
function poemsOf(json: string, file: string): readonly string[] {
  let entries: unknown;
  try {
    entries = JSON.parse(json);
  } catch (error) {
    throw new InputError(`${file} is not JSON; install chinese-poetry anew.`, { cause: error });
  }
  if (!Array.isArray(entries))
    throw new InputError(`${file} holds no list of poems; install chinese-poetry anew.`);
  return entries
    .map((entry: unknown, index) => {
      if (!isPoem(entry))
        throw new InputError(
          `${file}: entry ${index + 1} has no title and paragraphs; install chinese-poetry anew.`,
        );
      return [entry.title, ...entry.paragraphs].filter((line) => line !== "").join("\n");
    })
    .filter((poem) => /\p{Letter}/u.test(poem));
}

const isPoem = (entry: unknown): entry is { title: string; paragraphs: string[] } =>
  typeof entry === "object" &&
  entry !== null &&
  "title" in entry &&
  typeof entry.title === "string" &&
  "paragraphs" in entry &&
  Array.isArray(entry.paragraphs) &&
  entry.paragraphs.every((line) => typeof line === "string");
