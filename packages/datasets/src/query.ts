import { InputError } from "@gen/core";
import type { EncodingStep } from "./over.js";
import { notKnown } from "./nearest.js";
import type { LoadOptions } from "./sources/types.js";

/** What an address asks for behind its question mark. */
export interface Query {
  readonly load: LoadOptions;
  readonly binarise?: "stochastic" | "threshold";
  /** In the order of the address. */
  readonly steps: readonly EncodingStep[];
}

const keys = [
  "count",
  "label",
  "labels",
  "weight",
  "token",
  "tag",
  "noise",
  "seed",
  "drop",
  "full",
  "dates",
  "encoding",
  "binarise",
  "pca",
  "standardise",
  "scale",
  "one-hot",
] as const;
type Key = (typeof keys)[number];
const isKey = (text: string): text is Key => (keys as readonly string[]).includes(text);

/** Throws `InputError` on an unknown key, a key given twice (but drop) and a value that is not one of the key's. */
export function parseQuery(pairs: readonly (readonly [string, string])[]): Query {
  const values = new Map<Key, string>();
  const drop: string[] = [];
  for (const [key, value] of pairs) {
    if (!isKey(key)) throw notKnown("setting of data", key, keys);
    if (values.has(key) && key !== "drop")
      throw new InputError(`The data's setting "${key}" is given twice; give it once.`);
    values.set(key, value);
    if (key === "drop") drop.push(...value.split(","));
  }
  const [count, noise, seed] = [
    wholeOf(values, "count", 1),
    numberOf(values, "noise"),
    wholeOf(values, "seed", 0),
  ];
  const [token, tag] = [wholeOf(values, "token", 1), wholeOf(values, "tag", 1)];
  const [label, weight] = [nameOf(values, "label"), nameOf(values, "weight")];
  const labels = oneOf(values, "labels", ["none"] as const);
  const dates = oneOf(values, "dates", ["category"] as const);
  const encoding = oneOf(values, "encoding", ["gb18030", "utf-8"] as const);
  const binarise = oneOf(values, "binarise", ["stochastic", "threshold"] as const);
  return {
    load: {
      ...(count !== undefined && { count }),
      ...(noise !== undefined && { noise }),
      ...(seed !== undefined && { seed }),
      ...(label !== undefined && { label }),
      ...(weight !== undefined && { weight }),
      ...(token !== undefined && { token }),
      ...(tag !== undefined && { tag }),
      ...(drop.length > 0 && { drop }),
      ...(labels !== undefined && { labels }),
      ...(dates !== undefined && { dates }),
      ...(encoding !== undefined && { encoding }),
      ...(flagOf(values, "full") && { full: true }),
    },
    ...(binarise !== undefined && { binarise }),
    steps: [...values.keys()].flatMap((key) => stepOf(values, key) ?? []),
  };
}

function stepOf(values: ReadonlyMap<Key, string>, key: Key): EncodingStep | undefined {
  if (key === "pca") return { id: key, components: wholeOf(values, key, 1) ?? 1 };
  if (key !== "standardise" && key !== "scale" && key !== "one-hot") return undefined;
  flagOf(values, key);
  return { id: key };
}

function oneOf<const V extends string>(
  values: ReadonlyMap<Key, string>,
  key: Key,
  allowed: readonly V[],
): V | undefined {
  const value = values.get(key);
  const found = allowed.find((one) => one === value);
  if (value === undefined || found !== undefined) return found;
  throw wrong(key, value, allowed.map((one) => `${key}=${one}`).join(" or "));
}

function nameOf(values: ReadonlyMap<Key, string>, key: Key): string | undefined {
  const value = values.get(key);
  if (value === "") throw new InputError(`The data's setting "${key}" is empty; give the name of a column.`);
  return value;
}

function flagOf(values: ReadonlyMap<Key, string>, key: Key): boolean {
  const value = values.get(key);
  if (value !== undefined && value !== "") throw wrong(key, value, `${key} alone`);
  return value !== undefined;
}

function numberOf(values: ReadonlyMap<Key, string>, key: Key): number | undefined {
  const value = values.get(key);
  if (value === undefined) return undefined;
  const number = value.trim() === "" ? NaN : Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  throw wrong(key, value, "a number from 0");
}

function wholeOf(values: ReadonlyMap<Key, string>, key: Key, least: number): number | undefined {
  const value = values.get(key);
  if (value === undefined) return undefined;
  if (/^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) < 2 ** 32) return Number(value);
  throw wrong(key, value, `a whole number from ${least} to ${2 ** 32 - 1}`);
}

const wrong = (key: Key, value: string, allowed: string): InputError =>
  new InputError(`The data's setting "${key}" is "${value.slice(0, 40)}"; give ${allowed}.`);
