import { InputError, type NumericArray } from "@gen/core";
import { placeOf, type FieldOfX } from "../columns.js";
import type { Membership } from "../membership.js";
import type { Slots } from "./slots.js";

/** A column of whole numbers, by its own type or another. */
export const asIntegers = (data: NumericArray): Uint8Array | Int32Array =>
  data instanceof Uint8Array || data instanceof Int32Array ? data : Int32Array.from(data, integerOf);

/** -1 for what is missing; -2 for what is no whole number. */
const integerOf = (value: number): number =>
  Number.isNaN(value) ? -1 : Number.isInteger(value) ? value : -2;

/** How much weight each slot of each element has in each class: [size, slots, classes]. */
export function countLevels(
  source: FieldOfX,
  slots: Slots,
  data: Uint8Array | Int32Array,
  membership: Membership,
): Float64Array {
  const counts = new Float64Array(source.size * slots.count * membership.length);
  membership.forEach((members, c) => countClass(source, slots, data, { ...members, c }, counts));
  return counts;
}

interface OneClass {
  readonly rows: Int32Array;
  readonly weights?: Float64Array;
  readonly c: number;
}

/** Rows of weight 1 in the first slot, which is mostly the commonest, are counted as those that are in no other. */
function countClass(
  source: FieldOfX,
  slots: Slots,
  data: Uint8Array | Int32Array,
  { rows, weights, c }: OneClass,
  counts: Float64Array,
): void {
  const { size } = source;
  const classes = counts.length / (size * slots.count);
  const { count: width, of: slotOf } = slots;
  const elsewhere = new Float64Array(size);
  for (let i = 0; i < rows.length; i++) {
    const begin = rows[i]! * size;
    const weight = weights ? weights[i]! : 1;
    for (let j = 0; j < size; j++) {
      const level = data[begin + j]!;
      const slot = slotOf[level];
      if (slot === undefined) {
        if (level !== -1) checkLevel(source, slots, level, begin + j);
        else {
          elsewhere[j] = elsewhere[j]! + 1;
          continue;
        }
      } else if (slot === 0 && !weights) continue;
      const at = (j * width + (slot ?? level)) * classes + c;
      counts[at] = counts[at]! + weight;
      elsewhere[j] = elsewhere[j]! + 1;
    }
  }
  if (weights) return;
  for (let j = 0; j < size; j++) counts[j * width * classes + c] = rows.length - elsewhere[j]!;
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
