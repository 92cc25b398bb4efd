import { column, InputError, isNumeric, offsetsOf, type Rows } from "@gen/core";
import type { Fields } from "./fields.js";
import { before, behind, missing, type Template } from "./templates.js";

/** Symbols of rows, coded; sequences one after another. */
export interface Symbols {
  /** Where each sequence begins, with the end of the last. */
  readonly offsets: Int32Array;
  /** Of each observed field, the code of each element. */
  readonly codes: readonly Int32Array[];
}

/** @throws InputError when a row's columns have unequal lengths, or a symbol is none of its field's. */
export function symbolsOf({ observed }: Fields, x: Rows): Symbols {
  let offsets: Int32Array | undefined;
  const codes = observed.map(({ name, field }) => {
    const own = column(x, name);
    const { data } = own;
    if (!isNumeric(data) || own.lengths === undefined)
      throw new InputError(`Column "${name}" is not a ragged column of numbers; make it with ragged().`);
    const found = offsetsOf(own);
    offsets ??= found;
    sameLengths(offsets, found, observed[0]!.name, name);
    return Int32Array.from(data, (level) => {
      if (Number.isInteger(level) && level >= -1 && level < field.levels)
        return level === -1 ? missing : level + behind + 1;
      throw new InputError(`Column "${name}" has the symbol ${level}, which is none of its ${field.levels}.`);
    });
  });
  return { offsets: offsets ?? new Int32Array(1), codes };
}

/** @throws InputError naming the row where two columns have unequal lengths. */
export function sameLengths(a: Int32Array, b: Int32Array, first: string, second: string): void {
  const row = a.findIndex((offset, i) => offset !== b[i]) - 1;
  if (row < 0 && a.length === b.length) return;
  throw new InputError(
    `Columns "${first}" and "${second}" have unequal lengths in row ${Math.max(row, 0) + 1}; give each element one of each.`,
  );
}

/** The attribute of every position and template, [elements, templates]. */
export function attributesOf({ offsets, codes }: Symbols, templates: readonly Template[]): Float64Array {
  const width = templates.length;
  const out = new Float64Array(offsets.at(-1)! * width);
  for (let row = 0; row + 1 < offsets.length; row++) {
    const [begin, end] = [offsets[row]!, offsets[row + 1]!];
    templates.forEach(({ parts, first }, k) => {
      for (let at = begin; at < end; at++) {
        let combination = 0;
        for (const { field, offset, size } of parts) {
          const place = at + offset;
          const code = place < begin ? before : place >= end ? behind : codes[field]![place]!;
          combination = combination * size + code;
        }
        out[at * width + k] = first + combination;
      }
    });
  }
  return out;
}
