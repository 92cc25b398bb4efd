import type { NumericArray, Rows } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { byteSums } from "../byte-sums.js";
import { numbersOf, placeOf, type FieldOfX } from "../columns.js";
import type { Members, Membership } from "../membership.js";
import { Quads } from "../quads.js";
import type { Sums } from "../parts/sums.js";
import type { Slots } from "./slots.js";

/** A column of whole numbers, by its own type or another. */
export const asIntegers = (data: NumericArray): Uint8Array | Int32Array =>
  data instanceof Uint8Array || data instanceof Int32Array ? data : Int32Array.from(data, integerOf);

/** -1 for what is missing; -2 for what is no whole number. */
const integerOf = (value: number): number =>
  Number.isNaN(value) ? -1 : Number.isInteger(value) ? value : -2;

/** How a column of levels is counted: plain data. */
export interface LevelCounter {
  readonly kind: "levels";
  readonly source: FieldOfX;
  readonly slots: Slots;
}

/** undefined where an optional column is not there. @throws InputError for what is none of the levels. */
export function countColumn(
  { source, slots }: LevelCounter,
  x: Rows,
  membership: Membership,
): Sums | undefined {
  const data = numbersOf(x, source);
  return data && { counts: countLevels(source, slots, asIntegers(data), membership) };
}

/** How much weight each slot of each element has in each class: [size, slots, classes]. */
function countLevels(
  source: FieldOfX,
  slots: Slots,
  data: Uint8Array | Int32Array,
  membership: Membership,
): Float64Array {
  const counts = new Float64Array(source.size * slots.count * membership.length);
  const { threshold = -1, of } = slots;
  // Of bytes that are all levels of the data nothing has to be checked.
  const isAbove = data instanceof Uint8Array && of.length === 256 && threshold >= 0 && threshold < 256;
  const above = isAbove ? byteSums(data, source.size, membership, threshold) : undefined;
  if (above) {
    membership.forEach(({ rows }, c) => {
      for (let j = 0; j < source.size; j++) {
        const count = above.sums[c * source.size + j]!;
        counts[2 * j * membership.length + c] = rows.length - count;
        counts[(2 * j + 1) * membership.length + c] = count;
      }
    });
    return counts;
  }
  membership.forEach((members, c) => countClass(source, slots, data, { members, c }, counts));
  return counts;
}

interface OneClass {
  readonly members: Members;
  readonly c: number;
}

/** Levels of 0, which are not all looked at, are in the first slot: there is what is nowhere else. */
function countClass(
  source: FieldOfX,
  slots: Slots,
  data: Uint8Array | Int32Array,
  { members: { rows, weights }, c }: OneClass,
  counts: Float64Array,
): void {
  const { size } = source;
  const classes = counts.length / (size * slots.count);
  const { count: width, of: slotOf } = slots;
  const quads = new Quads(data, size);
  const { places } = quads;
  // One class's counts lie together while they are written.
  const own = new Float64Array(size * width);
  const missing = new Float64Array(size);
  // Of bytes that are all levels of the data nothing has to be checked.
  const isPlain = data instanceof Uint8Array && slotOf.length === 256 && size % 4 === 0;
  let all = 0;
  for (let i = 0; i < rows.length; i++) {
    const begin = rows[i]! * size;
    const weight = weights ? weights[i]! : 1;
    const found = quads.find(rows[i]!);
    all += weight;
    if (isPlain) addBytes(data, begin, { places, found, weight }, slots, own);
    else
      for (let k = 0; k < found; k++)
        for (let j = places[k]!, end = Math.min(j + 4, size); j < end; j++) {
          const level = data[begin + j]!;
          const slot =
            level < 0 || level >= slotOf.length ? outside(source, slots, level, begin + j) : slotOf[level]!;
          if (slot >= 0) own[j * width + slot] = own[j * width + slot]! + weight;
          else missing[j] = missing[j]! + weight;
        }
  }
  for (let j = 0; j < size; j++) {
    let rest = all - missing[j]!;
    for (let slot = 1; slot < width; slot++) {
      const count = own[j * width + slot]!;
      counts[(j * width + slot) * classes + c] = count;
      rest -= count;
    }
    // Guard: of fractional weights rounding may leave a little of nothing.
    counts[j * width * classes + c] = rest > rounding * all ? rest : 0;
  }
}

const rounding = 1e-13;

interface FoundQuads {
  readonly places: Int32Array;
  readonly found: number;
  readonly weight: number;
}

function addBytes(
  bytes: Uint8Array,
  begin: number,
  { places, found, weight }: FoundQuads,
  { of: slotOf, count: width }: Slots,
  own: Float64Array,
): void {
  for (let k = 0; k < found; k++) {
    const j = places[k]!;
    const a = j * width + slotOf[bytes[begin + j]!]!;
    const b = (j + 1) * width + slotOf[bytes[begin + j + 1]!]!;
    const c = (j + 2) * width + slotOf[bytes[begin + j + 2]!]!;
    const d = (j + 3) * width + slotOf[bytes[begin + j + 3]!]!;
    own[a] = own[a]! + weight;
    own[b] = own[b]! + weight;
    own[c] = own[c]! + weight;
    own[d] = own[d]! + weight;
  }
}

/** The slot of a level that the data don't name: -1 where it is missing, else one that is kept for such. */
function outside(source: FieldOfX, slots: Slots, level: number, index: number): number {
  if (level === -1) return -1;
  checkLevel(source, slots, level, index);
  return level;
}

function checkLevel(source: FieldOfX, slots: Slots, level: number, index: number): void {
  if (level >= 0 && level < slots.count && slots.count > slots.of.length) return;
  const codes = source.field.type === "real";
  throw new InputError(
    `${placeOf(source, index)} is ${level === -2 ? "no whole number" : level} where a whole number from 0 to ${slots.count - 1} is expected: ${
      codes ? "set minCategories to the number of categories, or make 0 and 1 of it" : "raise minCategories"
    }.`,
  );
}
