import type { Mixture } from "../mixture/mixture.js";

/**
 * Sufficient statistics of an E step. First and second moments are taken about the means that the step began
 * with, so that data far from the origin lose no digits; second moments have the shape of the covariance type's
 * scatter: [k, d, d] lower triangles, or [k, d].
 */
export interface Moments {
  /** How many rows, or the sum of their weights. */
  readonly rows: number;
  readonly logLikelihood: number;
  /** Rows that each component takes: Σ responsibility · weight. */
  readonly counts: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Σ responsibility · log responsibility of all rows: minus the entropy of the assignments, in nats. */
  readonly negentropy: number;
}

export const hasFullScatter = ({ type }: Pick<Mixture, "type">): boolean =>
  type === "full" || type === "tied";

/** Below this share of a row a component takes nothing from it: the sums would not change in float64. */
const negligible = 1e-20;

/** Moments of no rows. */
export function noMoments(mixture: Mixture): { -readonly [K in keyof Moments]: Moments[K] } {
  const { components: k, columns: d } = mixture;
  return {
    rows: 0,
    logLikelihood: 0,
    negentropy: 0,
    counts: new Float64Array(k),
    first: new Float64Array(k * d),
    second: new Float64Array(hasFullScatter(mixture) ? k * d * d : k * d),
  };
}

/** Moments of rows under given shares [rows, k]: responsibilities times the rows' weights. */
export function moments(mixture: Mixture, x: Float64Array, shares: Float64Array): Moments {
  const { components: k, columns: d, means } = mixture;
  const rows = x.length / d;
  const full = hasFullScatter(mixture);
  const result = noMoments(mixture);
  const { counts, first, second } = result;
  const centred = new Float64Array(d);
  for (let row = 0, at = 0; row < rows; row++, at += d)
    for (let component = 0; component < k; component++) {
      const share = shares[row * k + component]!;
      if (share < negligible) continue;
      counts[component]! += share;
      const mean = component * d;
      for (let j = 0; j < d; j++) {
        const c = x[at + j]! - means[mean + j]!;
        centred[j] = c;
        first[mean + j]! += share * c;
        if (!full) second[mean + j]! += share * c * c;
      }
      if (full)
        for (let i = 0, to = mean * d; i < d; i++, to += d) {
          const scaled = share * centred[i]!;
          for (let j = 0; j <= i; j++) second[to + j]! += scaled * centred[j]!;
        }
    }
  return { ...result, rows: counts.reduce((sum, count) => sum + count, 0) };
}

/** Moments of two parts of the data, added. */
export function merge(a: Moments, b: Moments): Moments {
  const sum = (u: Float64Array, v: Float64Array): Float64Array => u.map((value, i) => value + v[i]!);
  return {
    rows: a.rows + b.rows,
    logLikelihood: a.logLikelihood + b.logLikelihood,
    negentropy: a.negentropy + b.negentropy,
    counts: sum(a.counts, b.counts),
    first: sum(a.first, b.first),
    second: sum(a.second, b.second),
  };
}
