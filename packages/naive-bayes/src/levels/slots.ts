/** How levels are told apart: level by level, or several in one slot, within which all are equally likely. */
export interface Slots {
  readonly count: number;
  /** The slot of each level of the data. */
  readonly of: Int32Array;
  /** How many levels lie in each slot: 1 in one that is kept for a category that the data don't name. */
  readonly widths: Float64Array;
  /** Of two slots: the highest level of the first, which has all levels up to it. */
  readonly threshold?: number;
}

/** A slot for each level, and empty ones up to `least`, for categories that are yet unknown. */
export const oneEach = (levels: number, least: number): Slots =>
  slots(
    Int32Array.from({ length: levels }, (_, level) => level),
    Math.max(levels, least),
  );

/** Bins of equal width, in the levels' order. */
export const inBins = (levels: number, bins: number): Slots =>
  slots(
    Int32Array.from({ length: levels }, (_, level) => Math.floor((level * bins) / levels)),
    bins,
  );

/** Two slots: levels up to the threshold, and those above. */
export const aboveThreshold = (levels: number, threshold: number): Slots => ({
  ...slots(
    Int32Array.from({ length: levels }, (_, level) => (level > threshold ? 1 : 0)),
    2,
  ),
  threshold: Math.floor(threshold),
});

function slots(of: Int32Array, count: number): Slots {
  const widths = new Float64Array(count);
  for (const slot of of) widths[slot]!++;
  return { count, of, widths: widths.map((width) => Math.max(1, width)) };
}
