import { InputError, type NumericArray, type Rows } from "@gen/core";
import { blocksOf } from "../blocks.js";
import { numbersOf, placeOf, type FieldOfX } from "../columns.js";
import type { Membership } from "../membership.js";

/** Which numbers are taken: whole ones, or any of at least 0. */
export type Taken = "whole" | "any";

/** Sums of the events of all elements of all fields, side by side. */
export interface Gathered {
  /** [classes, width] */
  readonly counts: Float64Array;
  /** The weight of rows that have a value, [classes, width]. */
  readonly seen: Float64Array;
}

/** The numbers of several fields, each checked; undefined for an optional one that is not there. */
export function eventsOf(x: Rows, fields: readonly FieldOfX[], taken: Taken): (NumericArray | undefined)[] {
  return fields.map((field) => {
    const data = numbersOf(x, field);
    if (data) checkEvents(field, data, taken);
    return data;
  });
}

function checkEvents(source: FieldOfX, data: NumericArray, taken: Taken): void {
  if (data instanceof Uint8Array) return;
  const gap = source.field.type === "category" ? -1 : NaN;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value >= 0 && value < Infinity && (taken === "any" || value === Math.floor(value))) continue;
    if (Number.isNaN(value) || value === gap) continue;
    const wanted = taken === "any" ? "a number of at least 0" : "a whole number of at least 0";
    const fractions =
      taken === "whole" && value > 0
        ? ": a multinomial has counts only; complement-naive-bayes takes fractions"
        : "";
    throw new InputError(`${placeOf(source, i)} is ${value} where ${wanted} is expected${fractions}.`);
  }
}

/** Adds up the rows of each class. What is missing adds nothing, and is not seen. */
export function gather(
  fields: readonly FieldOfX[],
  columns: readonly (NumericArray | undefined)[],
  membership: Membership,
): Gathered {
  const width = widthOf(fields);
  const counts = new Float64Array(membership.length * width);
  const seen = new Float64Array(counts.length);
  let offset = 0;
  fields.forEach(({ size }, k) => {
    const data = columns[k];
    if (data && hasGaps(data)) gatherWithGaps(data, size, membership, { offset, width, counts, seen });
    else if (data) gatherFull(data, size, membership, { offset, width, counts, seen });
    offset += size;
  });
  return { counts, seen };
}

export const widthOf = (fields: readonly FieldOfX[]): number =>
  fields.reduce((sum, { size }) => sum + size, 0);

export const isMissing = (value: number): boolean => !(value >= 0);

function hasGaps(data: NumericArray): boolean {
  if (data instanceof Uint8Array) return false;
  for (let i = 0; i < data.length; i++) if (isMissing(data[i]!)) return true;
  return false;
}

interface Place extends Gathered {
  readonly offset: number;
  readonly width: number;
}

/** Four rows at a time, so that a sum is read and written once for four numbers. */
function gatherFull(data: NumericArray, size: number, membership: Membership, place: Place): void {
  const next = new Int32Array(membership.length);
  for (const { first, last, values } of blocksOf(data, size))
    membership.forEach(({ rows, weights }, c) => {
      const begin = c * place.width + place.offset;
      const from = next[c]!;
      let to = from;
      while (to < rows.length && rows[to]! < last) to++;
      next[c] = to;
      for (let i = from; i < to; i += 4) {
        const at = (k: number): number => (rows[Math.min(i + k, to - 1)]! - first) * size;
        const weight = (k: number): number => (i + k >= to ? 0 : weights ? weights[i + k]! : 1);
        addFour(
          values,
          [at(0), at(1), at(2), at(3)],
          [weight(0), weight(1), weight(2), weight(3)],
          place.counts.subarray(begin, begin + size),
        );
      }
    });
  membership.forEach(({ rows, weights }, c) => {
    const begin = c * place.width + place.offset;
    place.seen.fill(weights ? weights.reduce((sum, w) => sum + w, 0) : rows.length, begin, begin + size);
  });
}

type Four = readonly [number, number, number, number];

function addFour(x: Float64Array, [a, b, c, d]: Four, [wa, wb, wc, wd]: Four, sums: Float64Array): void {
  for (let j = 0; j < sums.length; j++)
    sums[j] = sums[j]! + (wa * x[a + j]! + wb * x[b + j]! + wc * x[c + j]! + wd * x[d + j]!);
}

function gatherWithGaps(data: NumericArray, size: number, membership: Membership, place: Place): void {
  membership.forEach(({ rows, weights }, c) => {
    for (let i = 0; i < rows.length; i++) {
      const weight = weights ? weights[i]! : 1;
      for (let j = 0; j < size; j++) {
        const value = data[rows[i]! * size + j]!;
        if (isMissing(value)) continue;
        const at = c * place.width + place.offset + j;
        place.counts[at] = place.counts[at]! + weight * value;
        place.seen[at] = place.seen[at]! + weight;
      }
    }
  });
}
