import { marginal } from "./conditional.js";
import { logWeightedDensities } from "./gaussian.js";
import type { Mixture } from "./mixture.js";

/** Rows that lack the same columns. */
export interface Incomplete {
  readonly observed: readonly number[];
  readonly missing: readonly number[];
  /** The observed values: [rows, observed]. */
  readonly x: Float64Array;
  /** Where the rows stand among all. */
  readonly places: readonly number[];
}

/** Rows without gaps, and those with gaps by the columns that they lack, in the order of their first rows. */
export interface Split {
  readonly complete: Float64Array;
  /** Undefined where all rows are complete. */
  readonly places: readonly number[] | undefined;
  readonly incomplete: readonly Incomplete[];
}

/** Row-major rows apart from those with gaps (NaN). */
export function splitByGaps(x: Float64Array, columns: number): Split {
  if (!hasGaps(x)) return { complete: x, places: undefined, incomplete: [] };
  const places: number[] = [];
  const patterns = new Map<string, number[]>();
  for (let row = 0; row < x.length / columns; row++) {
    const missing: number[] = [];
    for (let j = 0; j < columns; j++) if (Number.isNaN(x[row * columns + j])) missing.push(j);
    if (missing.length === 0) places.push(row);
    else {
      const name = missing.join();
      const rows = patterns.get(name);
      if (rows) rows.push(row);
      else patterns.set(name, [row]);
    }
  }
  const every = Array.from({ length: columns }, (_, j) => j);
  const picked = (rows: readonly number[], of: readonly number[]): Float64Array =>
    Float64Array.from({ length: rows.length * of.length }, (_, i) => {
      const row = rows[Math.floor(i / of.length)]!;
      return x[row * columns + of[i % of.length]!]!;
    });
  const incomplete = Array.from(patterns, ([name, rows]) => {
    const missing = name.split(",").map(Number);
    const observed = every.filter((j) => !missing.includes(j));
    return { observed, missing, x: picked(rows, observed), places: rows };
  });
  return { complete: picked(places, every), places, incomplete };
}

function hasGaps(x: Float64Array): boolean {
  for (let i = 0; i < x.length; i++) if (Number.isNaN(x[i])) return true;
  return false;
}

/** log (weight_k p(observed columns | k)) of [rows, k]: of rows that lack every column the weights alone. */
export function logOfObserved(mixture: Mixture, { observed, x, places }: Incomplete): Float64Array {
  const { components: k, weights } = mixture;
  if (observed.length > 0) return logWeightedDensities(marginal(mixture, observed), x);
  return Float64Array.from({ length: places.length * k }, (_, i) => Math.log(weights[i % k]!));
}

/** log (weight_k p(x | k)) of every row and component, [rows, k] in nats; missing values (NaN) are integrated out. */
export function logDensities(mixture: Mixture, x: Float64Array): Float64Array {
  const { components: k, columns } = mixture;
  const { complete, places, incomplete } = splitByGaps(x, columns);
  if (places === undefined) return logWeightedDensities(mixture, x);
  const result = new Float64Array((x.length / columns) * k);
  const put = (values: Float64Array, rows: readonly number[]): void =>
    rows.forEach((row, i) => result.set(values.subarray(i * k, (i + 1) * k), row * k));
  put(logWeightedDensities(mixture, complete), places);
  for (const part of incomplete) put(logOfObserved(mixture, part), part.places);
  return result;
}
