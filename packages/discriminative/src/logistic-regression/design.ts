import { column, weightsOf, type DataSpec, type Rows } from "@gen/core";
import type { Columns } from "./columns.js";
import type { SparseRows } from "./sparse-rows.js";
import { addLevels, addNumbers, countNumbers, fillNumbers, numbersIn } from "./values.js";

/** Features of rows. */
export interface Design {
  readonly rows: number;
  /** The numbers, [rows, numbers], row-major; empty where they are sparse. */
  readonly dense: Float64Array;
  /** The levels of categories, and the numbers that are not 0 where that takes less memory. */
  readonly sparse: SparseRows;
}

/** @throws InputError naming column and row where a value is missing. */
export function designOf(columns: Columns, x: Rows): Design {
  const rows = x.length;
  const numbers = numbersIn(columns, x);
  const filled = new Int32Array(rows);
  const areBytes = numbers.map((own) => countNumbers(own, filled)).every(Boolean);
  const entries = filled.reduce((sum, count) => sum + count, 0);
  const [size, levels] = [rows * columns.units.length, columns.indicators.length];
  const Features = columns.features <= 2 ** 16 ? Uint16Array : Int32Array;
  const entryBytes = Features.BYTES_PER_ELEMENT + (areBytes ? 1 : 8);
  const isSparse =
    entryBytes * (entries + rows * levels) < 8 * size + (Features.BYTES_PER_ELEMENT + 1) * rows * levels;

  const offsets = new Int32Array(rows + 1);
  filled.forEach((count, row) => (offsets[row + 1] = offsets[row]! + levels + (isSparse ? count : 0)));
  const features = new Features(offsets[rows]!);
  const values = new (isSparse && !areBytes ? Float64Array : Uint8Array)(features.length);
  const sparse: SparseRows = { offsets, features, values };
  const next = offsets.slice(0, rows);
  const dense = new Float64Array(isSparse ? 0 : size);
  for (const own of numbers) {
    if (isSparse) addNumbers(own, sparse, next);
    else fillNumbers(own, dense, columns.units.length);
  }
  for (const own of columns.indicators) addLevels(own, x, sparse, next);
  return { rows, dense, sparse };
}

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
