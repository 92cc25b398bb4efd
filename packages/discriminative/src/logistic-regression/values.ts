import { column, InputError, isNumeric, sizeOf, type NumericArray, type Rows } from "@gen/core";
import type { Columns, Indicator, Scale } from "./columns.js";
import type { SparseRows } from "./sparse-rows.js";

/** A column of numbers with its values. */
interface Numbers extends Scale {
  readonly data: NumericArray;
}

/** The columns of numbers with their values. @throws InputError where a column has another shape. */
export const numbersIn = ({ scales }: Columns, x: Rows): readonly Numbers[] =>
  scales.map((scale) => {
    const { data, shape } = column(x, scale.name);
    if (!isNumeric(data) || shape.join() !== scale.shape.join())
      throw new InputError(
        `Column "${scale.name}" is not numbers of shape [${scale.shape.join(", ")}] in JavaScript.`,
      );
    return { ...scale, data };
  });

/**
 * Adds up how many numbers of each row are not 0, and tells whether all are whole numbers that fit into bytes.
 * @throws InputError naming column and row where one is missing.
 */
export function countNumbers({ name, data, size, least }: Numbers, counts: Int32Array): boolean {
  let areBytes = true;
  for (let row = 0; row < counts.length; row++) {
    let count = 0;
    for (let i = row * size; i < (row + 1) * size; i++) {
      const value = data[i]!;
      if (value === 0) continue;
      // A missing level is -1, a missing number NaN.
      if (!(value >= least)) throw notThere(name, row, -1);
      if ((value & 255) !== value) areBytes = false;
      count++;
    }
    counts[row]! += count;
  }
  return areBytes;
}

/** Writes the numbers of all rows, [rows, width]. */
export function fillNumbers({ data, size, first }: Numbers, into: Float64Array, width: number): void {
  for (let i = 0, at = first; at < into.length; at += width)
    for (let j = 0; j < size; j++) into[at + j] = data[i++]!;
}

/** Adds an entry for each number that is not 0; `next` is where each row's next one is to stand. */
export function addNumbers(
  { data, size, first }: Numbers,
  { features, values }: SparseRows,
  next: Int32Array,
): void {
  for (let row = 0; row < next.length; row++) {
    let at = next[row]!;
    for (let j = 0; j < size; j++) {
      const value = data[row * size + j]!;
      if (value === 0) continue;
      features[at] = first + j;
      values[at++] = value;
    }
    next[row] = at;
  }
}

/** Adds an entry for each level. @throws InputError naming column and row where one is missing. */
export function addLevels(
  { name, element, levels, first }: Indicator,
  x: Rows,
  { features, values }: SparseRows,
  next: Int32Array,
): void {
  const { data, shape } = column(x, name);
  if (!isNumeric(data))
    throw new InputError(`Column "${name}" is not in JavaScript numbers; download it first.`);
  const size = sizeOf(shape);
  for (let row = 0; row < next.length; row++) {
    const level = data[row * size + element]!;
    if (!(level >= 0 && level < levels)) throw notThere(name, row, level);
    features[next[row]!] = first + level;
    values[next[row]!++] = 1;
  }
}

const notThere = (name: string, row: number, level: number): InputError =>
  new InputError(
    level === -1
      ? `Column "${name}" is missing in row ${row + 1}; fill it in or leave the row out.`
      : `Column "${name}" is ${level} in row ${row + 1}, which is none of its levels.`,
  );
