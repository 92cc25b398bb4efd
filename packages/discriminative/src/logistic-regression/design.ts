import { column, InputError, isNumeric, sizeOf, weightsOf, type DataSpec, type Rows } from "@gen/core";
import type { Columns } from "./columns.js";

/** Features of rows. */
export interface Design {
  readonly rows: number;
  /** [rows, numbers], row-major. */
  readonly numbers: Float64Array;
  /** [rows, indicators]: which feature is 1. */
  readonly ones: Int32Array;
}

/** @throws InputError naming column and row where a value is missing. */
export function designOf(columns: Columns, x: Rows): Design {
  const { indicators } = columns;
  const ones = new Int32Array(x.length * indicators.length);
  indicators.forEach(({ name, element, levels, first }, j) => {
    const { data, shape } = column(x, name);
    if (!isNumeric(data))
      throw new InputError(`Column "${name}" is not in JavaScript numbers; download it first.`);
    const size = sizeOf(shape);
    for (let row = 0; row < x.length; row++) {
      const level = data[row * size + element]!;
      if (!(level >= 0 && level < levels)) throw notThere(name, row, level);
      ones[row * indicators.length + j] = first + level;
    }
  });
  return { rows: x.length, numbers: numbersOf(columns, x), ones };
}

/** The numbers of all rows, [rows, numbers]. */
function numbersOf({ scales, numbers }: Columns, x: Rows): Float64Array {
  const out = new Float64Array(x.length * numbers);
  let begin = 0;
  for (const { name, shape, size, factor } of scales) {
    const { data, shape: given } = column(x, name);
    if (!isNumeric(data) || given.join() !== shape.join())
      throw new InputError(`Column "${name}" is not numbers of shape [${shape.join(", ")}] in JavaScript.`);
    // A missing level is -1, a missing number NaN.
    const least = factor === 1 ? -Infinity : 0;
    for (let row = 0; row < x.length; row++)
      for (let i = 0; i < size; i++) {
        const value = data[row * size + i]!;
        if (!(value >= least)) throw notThere(name, row, -1);
        out[row * numbers + begin + i] = value * factor;
      }
    begin += size;
  }
  return out;
}

const notThere = (name: string, row: number, level: number): InputError =>
  new InputError(
    level === -1
      ? `Column "${name}" is missing in row ${row + 1}; fill it in or leave the row out.`
      : `Column "${name}" is ${level} in row ${row + 1}, which is none of its levels.`,
  );

/** The labels and weights of rows; rows without a label weigh nothing. */
export interface Targets {
  readonly labels: Int32Array;
  readonly weights: Float64Array;
}

export function targetsOf(spec: DataSpec, { label }: Columns, x: Rows): Targets {
  const labels = Int32Array.from(column(x, label.name).data as ArrayLike<number>);
  const given = weightsOf(spec, x);
  return { labels, weights: Float64Array.from(labels, (own, row) => (own < 0 ? 0 : (given?.[row] ?? 1))) };
}
