import type { NumericArray } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { placeOf, type FieldOfX } from "../columns.js";
import { Quads } from "../quads.js";
import { TableRows } from "../table-rows.js";
import { asIntegers } from "./count.js";
import type { Slots } from "./slots.js";

/** log P(level | y) of every element, ready to be looked up. */
export interface Table {
  readonly classes: number;
  /** By how much a slot differs from the first, [size, slots, classes]; the logarithms themselves where a first is 0. */
  readonly logs: Float64Array;
  /** The first slot of every element together, [classes]; 0 where `logs` are the logarithms themselves. */
  readonly base: Float64Array;
  /** What an element that is not there takes away again, [size, classes]. */
  readonly first: Float64Array;
  /** Of a category that no slot is kept for, [size, classes]: an unseen one's, relative to the first. */
  readonly unknown: Float64Array;
}

/** The table of log-probabilities [size, slots, classes], spread over the levels of each slot. */
export function tableOf(logSlots: Float64Array, size: number, slots: Slots, unknown: Float64Array): Table {
  const classes = unknown.length / size;
  const logs = logSlots.map(
    (value, i) => value - Math.log(slots.widths[Math.floor(i / classes) % slots.count]!),
  );
  const first = Float64Array.from({ length: size * classes }, (_, i) => {
    const value = logs[Math.floor(i / classes) * slots.count * classes + (i % classes)]!;
    return Number.isFinite(value) ? value : 0;
  });
  const skips = first.every((value) => value !== 0) || first.length === 0;
  if (!skips) first.fill(0);
  const base = new Float64Array(classes);
  first.forEach((value, i) => (base[i % classes]! += value));
  const relative = (value: number, j: number, c: number): number => value - first[j * classes + c]!;
  return {
    classes,
    logs: logs.map((value, i) => relative(value, Math.floor(i / (slots.count * classes)), i % classes)),
    base,
    first,
    unknown: unknown.map((value, i) => relative(value, Math.floor(i / classes), i % classes)),
  };
}

/** Adds log P(column | y) of each row to `into`, [rows, classes]. A level of -1 is left out. */
export function addLogLevels(
  table: Table,
  source: FieldOfX,
  slots: Slots,
  given: NumericArray,
  into: Float64Array,
): void {
  const data = asIntegers(given);
  const { classes, logs, base, first, unknown } = table;
  const { count: width, of: slotOf } = slots;
  const { size } = source;
  // Where the first slot is the base, and level 0 is in it, only other levels change anything.
  const quads = base.some((value) => value !== 0) ? new Quads(data, size) : undefined;
  const count = Math.ceil(size / 4);
  const slotRows = new TableRows(logs, classes, size);
  for (let row = 0; row * size < data.length; row++) {
    const begin = row * size;
    const at = row * classes;
    for (let c = 0; c < classes; c++) into[at + c] = into[at + c]! + base[c]!;
    slotRows.clear();
    const found = quads ? quads.find(row) : count;
    for (let k = 0; k < found; k++)
      for (let j = quads ? quads.places[k]! : 4 * k, end = Math.min(j + 4, size); j < end; j++) {
        const level = data[begin + j]!;
        if (level < 0 || (level >= slotOf.length && level >= width)) {
          if (level < -1)
            throw new InputError(`${placeOf(source, begin + j)} is no whole number of at least 0.`);
          for (let c = 0; c < classes; c++)
            into[at + c] =
              into[at + c]! + (level === -1 ? -first[j * classes + c]! : unknown[j * classes + c]!);
          continue;
        }
        const slot = level < slotOf.length ? slotOf[level]! : level;
        if (slot === 0 && quads) continue;
        slotRows.push(j * width + slot, 1);
      }
    slotRows.addTo(into, at);
  }
}
