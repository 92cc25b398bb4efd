import type { DataKind, Dataset } from "@gen/core";
import type { Files } from "../files.js";
import type { TextEncoding } from "../formats/decoded.js";
import type { LogDensity } from "../points/points2d.js";

/** Which rows: those to train on, those kept for tests, or both. */
export type Part = "train" | "test" | "all";

export interface LoadOptions {
  /** How many rows to take of the part, from its beginning; for points, how many to draw (default 10 000). */
  readonly count?: number;
  /** Points: the deviation of the noise. */
  readonly noise?: number;
  /** Points: the seed that they are drawn from (default 0). */
  readonly seed?: number;
  /** Tables: the column of role y. */
  readonly label?: string;
  /** Tables: the column of role weight. */
  readonly weight?: string;
  /** Tagged text: the column of tokens, from 1. */
  readonly token?: number;
  /** Tagged text: the column of tags, from 1. */
  readonly tag?: number;
  /** Tables: columns to leave out. */
  readonly drop?: readonly string[];
  /** Tables: "category" keeps dates as categories. */
  readonly dates?: "category";
  /** Tables and texts, tagged or not: how the bytes write text, where it can't be found out. */
  readonly encoding?: TextEncoding;
  /** "none" leaves labels out. */
  readonly labels?: "none";
  /** Poems: the whole installed collection. */
  readonly full?: boolean;
  /** Where files outside the package come from. */
  readonly files?: Files;
}

/** A data set that can be asked for by name. */
export interface Source {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly kind: DataKind;
  /** Whether rows, or their elements, have labels. */
  readonly labelled: boolean;
  /** Whether values are missing. */
  readonly gaps?: true;
  /** Who made it, and where it is described. */
  readonly credit: string;
  readonly licence: string;
  /** Which options it heeds beside count, labels and files. */
  readonly options: readonly (
    "noise" | "seed" | "label" | "weight" | "token" | "tag" | "drop" | "full" | "dates" | "encoding"
  )[];
  /** Throws `InputError` when its files are not there, saying how to install them, and on options out of range. */
  load(part: Part, options?: LoadOptions): Promise<Dataset>;
  /** The density that points are drawn from. */
  logDensity?(noise?: number): LogDensity;
}
