import { column, InputError, isNumeric, offsetsOf, type Rows } from "@gen/core";
import { sameLengths } from "./attributes.js";
import type { Fields } from "./fields.js";
import type { Lines } from "./scores.js";

/** Attributes that are not known have no weights, and are left out. */
export function linesOf(
  offsets: Int32Array,
  attributes: Float64Array,
  known: ReadonlyMap<number, number>,
): Lines {
  const elements = offsets.at(-1)!;
  const width = elements === 0 ? 0 : attributes.length / elements;
  const starts = new Int32Array(elements + 1);
  const places = new Int32Array(attributes.length);
  let count = 0;
  for (let at = 0; at < elements; at++) {
    for (let k = 0; k < width; k++) {
      const place = known.get(attributes[at * width + k]!);
      if (place !== undefined) places[count++] = place;
    }
    starts[at + 1] = count;
  }
  return { offsets, starts, places: places.slice(0, count) };
}

/** The tag of each element. @throws InputError where one is missing or sequences are of other lengths. */
export function tagsOf({ observed, tag }: Fields, x: Rows, offsets: Int32Array): Int32Array {
  const own = column(x, tag.name);
  if (!isNumeric(own.data) || own.lengths === undefined)
    throw new InputError(`Column "${tag.name}" is not a ragged column of numbers; make it with ragged().`);
  const found = offsetsOf(own);
  sameLengths(offsets, found, observed[0]!.name, tag.name);
  const tags = Int32Array.from(own.data);
  const wrong = tags.findIndex((value) => value < 0 || value >= tag.field.levels);
  if (wrong === -1) return tags;
  const row = found.findIndex((offset) => offset > wrong);
  throw new InputError(
    tags[wrong] === -1
      ? `Column "${tag.name}" lacks a tag in row ${row}; give every element one, or leave the row out.`
      : `Column "${tag.name}" has the tag ${tags[wrong]!} in row ${row}, which is none of its ${tag.field.levels}.`,
  );
}
