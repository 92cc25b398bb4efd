import type { NumericArray, Rows } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { byteSums, type ByteSums } from "../byte-sums.js";
import { numbersOf, placeOf, type FieldOfX } from "../columns.js";
import type { Membership } from "../membership.js";
import { Quads } from "../quads.js";

/** Which numbers are taken: whole ones, or any of at least 0. */
export type Taken = "whole" | "any";

/** Sums of the events of all elements of all fields, side by side. */
export interface Gathered {
  /** [classes, width] */
  readonly counts: Float64Array;
  /** The weight of rows that have a value, [classes, width]. */
  readonly seen: Float64Array;
  /** How many events each row has in all; NaN where some are missing. */
  readonly totals: Float64Array;
}

export const widthOf = (fields: readonly FieldOfX[]): number =>
  fields.reduce((sum, { size }) => sum + size, 0);

/**
 * Adds up the rows of each class. What is missing adds nothing, and is not seen.
 * @throws InputError for a number that is no count, naming column and row.
 */
export function gather(x: Rows, fields: readonly FieldOfX[], taken: Taken, membership: Membership): Gathered {
  const width = widthOf(fields);
  const counts = new Float64Array(membership.length * width);
  const seen = new Float64Array(counts.length);
  const totals = new Float64Array(x.length);
  let offset = 0;
  for (const field of fields) {
    const data = numbersOf(x, field);
    if (data) gatherField(data, { field, taken, offset, width }, membership, { counts, seen, totals });
    else totals.fill(NaN);
    offset += field.size;
  }
  return { counts, seen, totals };
}

interface Place {
  readonly field: FieldOfX;
  readonly taken: Taken;
  readonly offset: number;
  readonly width: number;
}

function gatherField(data: NumericArray, place: Place, membership: Membership, into: Gathered): void {
  const { field, offset, width } = place;
  const { size } = field;
  const bytes = data instanceof Uint8Array ? byteSums(data, size, membership) : undefined;
  if (bytes) {
    addByteSums(bytes, place, membership, into);
    return;
  }
  const quads = new Quads(data, size);
  // A row may be in several classes: its total is counted once.
  const totals = new Float64Array(into.totals.length);
  membership.forEach(({ rows, weights }, c) => {
    const begin = c * width + offset;
    const counts = into.counts.subarray(begin, begin + size);
    const seen = into.seen.subarray(begin, begin + size);
    let all = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const weight = weights ? weights[i]! : 1;
      all += weight;
      const found = quads.find(row);
      totals[row] =
        data instanceof Uint8Array && size % 4 === 0
          ? addBytes(data, row * size, { places: quads.places, found, weight }, counts)
          : addNumbers(data, row * size, { places: quads.places, found, weight }, { place, counts, seen });
    }
    for (let j = 0; j < size; j++) seen[j] = seen[j]! + all;
  });
  for (let row = 0; row < totals.length; row++) into.totals[row] = into.totals[row]! + totals[row]!;
}

/** Bytes are counts, and none is missing. */
function addByteSums(
  { sums, totals }: ByteSums,
  { field: { size }, offset, width }: Place,
  membership: Membership,
  into: Gathered,
): void {
  membership.forEach(({ rows }, c) => {
    const begin = c * width + offset;
    into.counts.set(sums.subarray(c * size, (c + 1) * size), begin);
    into.seen.fill(rows.length, begin, begin + size);
  });
  for (let row = 0; row < totals.length; row++) into.totals[row] = into.totals[row]! + totals[row]!;
}

interface FoundQuads {
  readonly places: Int32Array;
  readonly found: number;
  readonly weight: number;
}

/** Bytes are counts, and none is missing. The row's sum. */
function addBytes(
  bytes: Uint8Array,
  begin: number,
  { places, found, weight }: FoundQuads,
  counts: Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < found; k++) {
    const j = places[k]!;
    const a = bytes[begin + j]!;
    const b = bytes[begin + j + 1]!;
    const c = bytes[begin + j + 2]!;
    const d = bytes[begin + j + 3]!;
    counts[j] = counts[j]! + weight * a;
    counts[j + 1] = counts[j + 1]! + weight * b;
    counts[j + 2] = counts[j + 2]! + weight * c;
    counts[j + 3] = counts[j + 3]! + weight * d;
    sum += a + b + c + d;
  }
  return sum;
}

/** Each number is looked at. The row's sum, NaN where something is missing. */
function addNumbers(
  data: NumericArray,
  begin: number,
  { places, found, weight }: FoundQuads,
  { place, counts, seen }: { place: Place; counts: Float64Array; seen: Float64Array },
): number {
  let sum = 0;
  for (let k = 0; k < found; k++)
    for (let j = places[k]!, end = Math.min(j + 4, counts.length); j < end; j++) {
      const count = data[begin + j]!;
      if (count === 0) continue;
      if (isCount(count, place, begin + j)) {
        counts[j] = counts[j]! + weight * count;
        sum += count;
      } else {
        seen[j] = seen[j]! - weight;
        sum = NaN;
      }
    }
  return sum;
}

/** Whether a number that is not 0 counts; not so where it is missing. @throws InputError where it may not be. */
export function isCount(
  value: number,
  { field, taken }: Pick<Place, "field" | "taken">,
  index: number,
): boolean {
  if (value > 0 && value < Infinity && (taken === "any" || value === Math.floor(value))) return true;
  if (Number.isNaN(value) || (value === -1 && field.field.type === "category")) return false;
  const wanted = taken === "any" ? "a number of at least 0" : "a whole number of at least 0";
  const fractions =
    taken === "whole" && value > 0 ? ": a multinomial counts; complement-naive-bayes takes fractions" : "";
  throw new InputError(`${placeOf(field, index)} is ${value} where ${wanted} is expected${fractions}.`);
}
