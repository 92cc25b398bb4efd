import { logSumRows, logWeightedDensities } from "./gaussian.js";
import type { Mixture } from "./mixture.js";

/**
 * Sufficient statistics of an E step. First and second moments are taken about the means that the step began
 * with, so that data far from the origin lose no digits; second moments have the shape of the covariance type's
 * scatter: [k, d, d] lower triangles, or [k, d].
 */
export interface Moments {
  readonly rows: number;
  readonly logLikelihood: number;
  readonly counts: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

const hasFullScatter = ({ type }: Mixture): boolean => type === "full" || type === "tied";

/** Below this share of a row a component takes nothing from it: the sums would not change in float64. */
const negligible = 1e-20;

/** Moments of rows under given responsibilities [rows, k]. */
export function moments(
  mixture: Mixture,
  x: Float64Array,
  responsibilities: Float64Array,
  logLikelihood = 0,
): Moments {
  const { components: k, columns: d, means } = mixture;
  const rows = x.length / d;
  const full = hasFullScatter(mixture);
  const counts = new Float64Array(k);
  const first = new Float64Array(k * d);
  const second = new Float64Array(full ? k * d * d : k * d);
  const centred = new Float64Array(d);
  for (let component = 0; component < k; component++) {
    const mean = component * d;
    for (let row = 0; row < rows; row++) {
      const share = responsibilities[row * k + component]!;
      if (share < negligible) continue;
      counts[component] = counts[component]! + share;
      for (let j = 0; j < d; j++) {
        const c = x[row * d + j]! - means[mean + j]!;
        centred[j] = c;
        first[mean + j] = first[mean + j]! + share * c;
      }
      if (full)
        for (let i = 0, at = component * d * d; i < d; i++, at += d) {
          const scaled = share * centred[i]!;
          for (let j = 0; j <= i; j++) second[at + j] = second[at + j]! + scaled * centred[j]!;
        }
      else
        for (let j = 0; j < d; j++) second[mean + j] = second[mean + j]! + share * centred[j]! * centred[j]!;
    }
  }
  return { rows, logLikelihood, counts, first, second };
}

/** The E step: responsibilities p(component | x) under the mixture, and the moments that they weigh. */
export function expectation(mixture: Mixture, x: Float64Array): Moments {
  const { components: k } = mixture;
  const weighted = logWeightedDensities(mixture, x);
  const total = logSumRows(weighted, k);
  for (let i = 0; i < weighted.length; i++) {
    const row = total[Math.floor(i / k)]!;
    // A row that every component calls impossible is shared evenly.
    weighted[i] = row === -Infinity ? 1 / k : Math.exp(weighted[i]! - row);
  }
  return moments(
    mixture,
    x,
    weighted,
    total.reduce((sum, v) => sum + v, 0),
  );
}

/** Moments of two parts of the data, added. */
export function merge(a: Moments, b: Moments): Moments {
  const sum = (u: Float64Array, v: Float64Array): Float64Array => u.map((value, i) => value + v[i]!);
  return {
    rows: a.rows + b.rows,
    logLikelihood: a.logLikelihood + b.logLikelihood,
    counts: sum(a.counts, b.counts),
    first: sum(a.first, b.first),
    second: sum(a.second, b.second),
  };
}
