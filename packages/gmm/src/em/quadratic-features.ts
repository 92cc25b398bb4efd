/** Some rows of features. */
interface FeatureBlock {
  /** The first row. */
  readonly start: number;
  readonly rows: number;
  /** [rows, width] */
  readonly values: Float64Array;
}

/**
 * What a Gaussian's logarithm is linear in, of every row: [zᵢ zⱼ (i ≤ j), z, 1], or of diagonal covariances
 * [zᵢ², z, 1], where z = (x - centre) / scale.
 */
export interface QuadraticFeatures {
  readonly isFull: boolean;
  readonly columns: number;
  readonly width: number;
  readonly centre: Float64Array;
  readonly scale: Float64Array;
  blocks(): Iterable<FeatureBlock>;
}

/** Numbers of a block, so that both of its products read it from a processor's cache: 2 MB. */
const numbersAtOnce = 2 ** 18;

/** Fewer rows are not worth a call, more are not quicker. */
const [fewestRows, mostRows] = [1024, 8192];

/** Beyond so many features of a row a block has too few rows to be worth it. */
export const widestFeatures = 2 ** 13;

export const featureWidth = (columns: number, isFull: boolean): number =>
  (isFull ? (columns * (columns + 1)) / 2 : columns) + columns + 1;

/**
 * The features of row-major rows. With `keep` each block is made once and held, else it is made whenever it is asked
 * for. Centre and scale are the rows' own, so that sums of products lose few digits.
 */
export function quadraticFeatures(
  x: Float64Array,
  columns: number,
  { isFull, keep }: { readonly isFull: boolean; readonly keep: boolean },
): QuadraticFeatures {
  const width = featureWidth(columns, isFull);
  const rows = x.length / columns;
  const size = Math.max(fewestRows, Math.min(mostRows, Math.floor(numbersAtOnce / width)));
  const { centre, scale } = standardisation(x, columns);
  const fill = isFull ? fillFull : fillDiagonal;
  const made = function* (): Generator<FeatureBlock> {
    for (let start = 0; start < rows; start += size) {
      const count = Math.min(size, rows - start);
      const values = new Float64Array(count * width);
      fill(values, x.subarray(start * columns, (start + count) * columns), centre, scale);
      yield { start, rows: count, values };
    }
  };
  let held: readonly FeatureBlock[] | undefined;
  const blocks = keep ? () => (held ??= Array.from(made())) : made;
  return { isFull, columns, width, centre, scale, blocks };
}

function standardisation(x: Float64Array, d: number): { centre: Float64Array; scale: Float64Array } {
  const rows = Math.max(1, x.length / d);
  const centre = new Float64Array(d);
  for (let at = 0; at < x.length; at += d) for (let j = 0; j < d; j++) centre[j]! += x[at + j]!;
  for (let j = 0; j < d; j++) centre[j]! /= rows;
  const squares = new Float64Array(d);
  for (let at = 0; at < x.length; at += d)
    for (let j = 0; j < d; j++) squares[j]! += (x[at + j]! - centre[j]!) ** 2;
  return { centre, scale: squares.map((sum) => (sum > 0 ? Math.sqrt(sum / rows) : 1)) };
}

type Fill = (values: Float64Array, x: Float64Array, centre: Float64Array, scale: Float64Array) => void;

const fillFull: Fill = (values, x, centre, scale) => {
  const d = centre.length;
  const z = new Float64Array(d);
  for (let from = 0, to = 0; from < x.length; from += d) {
    for (let j = 0; j < d; j++) z[j] = (x[from + j]! - centre[j]!) / scale[j]!;
    for (let i = 0; i < d; i++) {
      const zi = z[i]!;
      for (let j = i; j < d; j++) values[to++] = zi * z[j]!;
    }
    for (let j = 0; j < d; j++) values[to++] = z[j]!;
    values[to++] = 1;
  }
};

const fillDiagonal: Fill = (values, x, centre, scale) => {
  const d = centre.length;
  for (let from = 0, to = 0; from < x.length; from += d, to += d + 1) {
    for (let j = 0; j < d; j++, to++) {
      const z = (x[from + j]! - centre[j]!) / scale[j]!;
      values[to] = z * z;
      values[to + d] = z;
    }
    values[to + d] = 1;
  }
};
