import { splitByGaps, type Incomplete } from "../mixture/gaps.js";
import {
  featureWidth,
  quadraticFeatures,
  widestFeatures,
  type QuadraticFeatures,
} from "./quadratic-features.js";

/** Rows as E steps need them, made ready once: complete rows apart from those with gaps. */
export interface Prepared {
  readonly columns: number;
  /** The sum of the rows' weights: their number where they have none. */
  readonly rows: number;
  /** Rows without gaps, row-major. */
  readonly complete: Float64Array;
  /** Weights of the complete rows; without any each counts 1. */
  readonly weights: Float64Array | undefined;
  /** Rows with gaps, by which columns they have. */
  readonly incomplete: readonly { readonly part: Incomplete; readonly weights: Float64Array | undefined }[];
  /** Quadratic features of the complete rows; undefined where there would be too many. */
  features(isFull: boolean): QuadraticFeatures | undefined;
}

export interface PrepareOptions {
  /** How much each row counts. */
  readonly weights?: Float64Array | undefined;
  /** Whether features may be held, which takes d (d + 3) / 2 + 1 numbers a row. */
  readonly keep?: (numbers: number) => boolean;
}

/** Makes row-major rows ready; missing values are NaN. */
export function prepare(
  x: Float64Array,
  columns: number,
  { weights, keep = () => false }: PrepareOptions = {},
): Prepared {
  const count = x.length / columns;
  const { complete, places, incomplete } = splitByGaps(x, columns);
  const weightsOf = (rows: readonly number[]): Float64Array | undefined =>
    weights && Float64Array.from(rows, (row) => weights[row]!);
  const made = new Map<boolean, QuadraticFeatures>();
  return {
    columns,
    rows: weights === undefined ? count : weights.reduce((sum, weight) => sum + weight, 0),
    complete,
    weights: places === undefined ? weights : weightsOf(places),
    incomplete: incomplete.map((part) => ({ part, weights: weightsOf(part.places) })),
    features(isFull) {
      const width = featureWidth(columns, isFull);
      if (width > widestFeatures) return undefined;
      let features = made.get(isFull);
      if (features === undefined) {
        const numbers = (complete.length / columns) * width;
        features = quadraticFeatures(complete, columns, { isFull, keep: keep(numbers) });
        made.set(isFull, features);
      }
      return features;
    },
  };
}
