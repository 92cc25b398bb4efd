import type { DataKind, Key } from "@gen/core";
import { codes } from "./codes.js";
import { images } from "./images.js";
import { points } from "./points.js";
import { labelledSequences, taggedSequences } from "./sequences.js";
import { categoryTable, mixedTable, realTable } from "./table.js";
import { text } from "./text.js";
import type { Toy } from "./toy.js";

export type { Toy } from "./toy.js";

/** Toy data of a kind by what their labels are called; of each the first that a family does not refuse is used. */
export const toys: Readonly<Record<DataKind, Readonly<Record<string, readonly ((key: Key) => Toy)[]>>>> = {
  points: { labels: [points] },
  table: { labels: [mixedTable, realTable, categoryTable] },
  images: { labels: [images] },
  text: { labels: [text] },
  sequences: { tags: [taggedSequences], labels: [labelledSequences] },
  codes: { labels: [codes] },
};
