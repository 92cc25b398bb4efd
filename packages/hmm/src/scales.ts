import type { Track } from "./emissions/index.js";
import type { Sequences } from "./sequences.js";

/** Below this share of a column's mean square a variance is rounding: the column is constant. */
const rounding = 1e-24;

/** Sums over a column's values. */
interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

function momentsOf(parts: readonly Track[], column: number): Moments {
  let [count, mean, squares] = [0, 0, 0];
  for (const track of parts) {
    if (track.kind === "categorical") continue;
    for (let at = column; at < track.data.length; at += track.columns) {
      const value = track.data[at]!;
      if (Number.isNaN(value)) continue;
      // Welford's update, which loses no digits far from 0.
      count++;
      const before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
    }
  }
  return { count, mean, variance: count > 0 ? squares / count : 0 };
}

/** What priors and starts know of a track's columns. */
export interface TrackScale {
  readonly means: Float64Array;
  /** Never 0: a constant column takes the mean of the others' variances, or 1. */
  readonly variances: Float64Array;
  /** Values that are there, of each column; of categories that of each level. */
  readonly counts: Float64Array;
}

/** The scale of one track over all parts of the data; `columns` are its columns, or of categories the levels. */
export function trackScale(parts: readonly Sequences[], index: number, columns: number): TrackScale {
  const tracks = parts.map(({ tracks: own }) => own[index]!);
  if (tracks[0]?.kind === "categorical") {
    const counts = new Float64Array(columns);
    for (const { data } of tracks)
      for (const level of data) if (level >= 0) counts[level] = counts[level]! + 1;
    return { means: new Float64Array(0), variances: new Float64Array(0), counts };
  }
  const moments = Array.from({ length: columns }, (_, j) => momentsOf(tracks, j));
  const own = moments.map(({ mean, variance }) => (variance > rounding * mean * mean ? variance : 0));
  const positive = own.filter((variance) => variance > 0);
  const usual = positive.length > 0 ? positive.reduce((a, b) => a + b, 0) / positive.length : 1;
  return {
    means: Float64Array.from(moments, ({ mean }) => mean),
    variances: Float64Array.from(own, (variance) => (variance > 0 ? variance : usual)),
    counts: Float64Array.from(moments, ({ count }) => count),
  };
}
