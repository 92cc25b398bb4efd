import { InputError } from "@gen/core";
import type { Part } from "./sources/types.js";

/** `NAME[:train|:test|:all][?query]`, taken apart; the query's pairs in their order. */
export interface Address {
  readonly name: string;
  readonly part?: Part;
  readonly query: readonly (readonly [key: string, value: string])[];
}

const parts: readonly string[] = ["train", "test", "all"] satisfies Part[];
const isPart = (text: string): text is Part => parts.includes(text);

/** Throws `InputError` on no name and on another part. */
export function parseAddress(address: string): Address {
  const mark = address.indexOf("?");
  const place = mark === -1 ? address : address.slice(0, mark);
  const query = mark === -1 ? [] : [...new URLSearchParams(address.slice(mark + 1))];
  const [, name = place, part] = /^(.*):([a-z]*)$/is.exec(place) ?? [];
  if (name === "")
    throw new InputError(`The data "${address}" have no name; give one such as "moons" or "data.csv".`);
  if (part === undefined) return { name, query };
  if (!isPart(part))
    throw new InputError(`"${part}" in "${address}" is no part of data; give :train, :test or :all.`);
  return { name, part, query };
}
