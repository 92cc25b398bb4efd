import { elementNames, type Column, type Key } from "@gen/core";
import { uniforms64 } from "@gen/core/random";
import type { FieldOfX } from "../columns.js";
import { evaluate } from "../evaluators.js";
import type { FittedPart, Part } from "../parts/part.js";
import { addSums, negatedSums, type Sums } from "../parts/sums.js";
import type { LevelFit } from "./probabilities.js";
import type { Slots } from "./slots.js";
import { tableOf } from "./table.js";

export interface LevelSettings {
  readonly slots: Slots;
  readonly fit: LevelFit;
  /** Added to each count: the mass of a category that was never seen. */
  readonly alpha: number;
}

/** A column of categories or codes, whose elements are independent given the class. */
export class Levels implements Part {
  readonly name: string;
  readonly shapes: Part["shapes"];
  readonly counter: Part["counter"];

  constructor(
    private readonly source: FieldOfX,
    private readonly settings: LevelSettings,
    private readonly classes: number,
  ) {
    this.name = source.name;
    this.counter = { kind: "levels", source, slots: settings.slots };
    this.shapes = { counts: [source.size, settings.slots.count, classes] };
  }

  merge(a: Sums, b: Sums): Sums {
    return addSums(a, b);
  }

  negated(sums: Sums): Sums {
    return negatedSums(sums);
  }

  largestVariance(): number {
    return 0;
  }

  withoutValues({ counts }: Sums): readonly string[] {
    const each = this.settings.slots.count * this.classes;
    return elementNames(this.source.name, this.source.field.shape).filter((_, j) =>
      counts!.subarray(j * each, (j + 1) * each).every((count) => !(count > 0)),
    );
  }

  fit({ counts }: Sums): FittedPart {
    const { classes, source } = this;
    const { slots, fit, alpha } = this.settings;
    const each = slots.count * classes;
    const logSlots = new Float64Array(counts!.length);
    const unknown = new Float64Array(source.size * classes);
    for (let j = 0; j < source.size; j++) {
      const own = counts!.subarray(j * each, (j + 1) * each);
      logSlots.set(fit(own, classes, slots), j * each);
      for (let c = 0; c < classes; c++) {
        let total = alpha * slots.count;
        for (let s = 0; s < slots.count; s++) total += own[s * classes + c]!;
        unknown[j * classes + c] = total > 0 ? Math.log(alpha / total) : -Math.log(slots.count);
      }
    }
    const table = tableOf(logSlots, source.size, slots, unknown);
    const evaluator = { kind: "table", source, slots, table } as const;
    return {
      evaluator,
      addLogProb: (x, into) => evaluate(evaluator, x, into),
      draw: (key, y) => drawLevels(key, y, source, slots, logSlots),
    };
  }
}

/** By inversion: one number of [0, 1) for the level of each element, in the order of slots and of levels in a slot. */
function drawLevels(
  key: Key,
  y: Int32Array,
  source: FieldOfX,
  slots: Slots,
  logSlots: Float64Array,
): Readonly<Record<string, Column>> {
  const { name, field, size } = source;
  const classes = logSlots.length / (size * slots.count);
  const noise = uniforms64(key, y.length * size);
  const levels = field.type === "category" ? field.levels : slots.count;
  const data = field.type === "real" ? new Float64Array(noise.length) : new Int32Array(noise.length);
  const probabilities = logSlots.map(Math.exp);
  const cumulative = new Float64Array(levels);
  for (let i = 0; i < noise.length; i++) {
    const j = i % size;
    const c = y[Math.floor(i / size)]!;
    let total = 0;
    for (let level = 0; level < levels; level++) {
      const slot = slots.of[level] ?? level;
      total += probabilities[(j * slots.count + slot) * classes + c]! / slots.widths[slot]!;
      cumulative[level] = total;
    }
    // Slots that are kept for unknown categories are not drawn: of the known levels each has its share.
    const target = noise[i]! * total;
    let level = 0;
    while (level < levels - 1 && cumulative[level]! <= target) level++;
    data[i] = level;
  }
  return { [name]: { data, shape: field.shape } };
}
