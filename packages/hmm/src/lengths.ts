/** Quantiles that are kept of the lengths of the training sequences. */
export const lengthNumbers = 101;

/** The quantiles 0, 0.01, …, 1 of lengths; all 0 of none. */
export function lengthQuantiles(lengths: Int32Array): Float64Array {
  const sorted = lengths.slice().sort();
  return Float64Array.from({ length: lengthNumbers }, (_, i) => {
    const place = (i / (lengthNumbers - 1)) * (sorted.length - 1);
    const below = Math.floor(place);
    const first = sorted[below] ?? 0;
    return first + (place - below) * ((sorted[below + 1] ?? first) - first);
  });
}

/** The length at a share of the distribution, between quantiles in proportion. */
export function lengthAt(quantiles: Float64Array, share: number): number {
  const place = share * (lengthNumbers - 1);
  const below = Math.min(lengthNumbers - 2, Math.floor(place));
  const first = quantiles[below]!;
  return Math.round(first + (place - below) * (quantiles[below + 1]! - first));
}
