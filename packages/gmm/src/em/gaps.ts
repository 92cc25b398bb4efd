import { logWeightedDensities } from "../mixture/gaussian.js";
import { marginal, regression } from "../mixture/conditional.js";
import type { Mixture } from "../mixture/mixture.js";
import { hasFullScatter, noMoments, type Moments } from "./moments.js";
import { toShares } from "./responsibilities.js";

/** Rows that lack the same columns. */
export interface Incomplete {
  readonly observed: readonly number[];
  readonly missing: readonly number[];
  /** The observed values: [rows, observed]. */
  readonly x: Float64Array;
  readonly rows: number;
  readonly weights: Float64Array | undefined;
}

/** Rows without gaps, and those with gaps by the columns that they lack, in the order of their first rows. */
export function incompleteRows(
  x: Float64Array,
  columns: number,
  weights: Float64Array | undefined,
): {
  readonly complete: Float64Array;
  readonly completeWeights: Float64Array | undefined;
  readonly incomplete: readonly Incomplete[];
} {
  if (!x.some(Number.isNaN)) return { complete: x, completeWeights: weights, incomplete: [] };
  const whole: number[] = [];
  const patterns = new Map<string, number[]>();
  for (let row = 0; row < x.length / columns; row++) {
    const missing: number[] = [];
    for (let j = 0; j < columns; j++) if (Number.isNaN(x[row * columns + j])) missing.push(j);
    if (missing.length === 0) whole.push(row);
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
  const weightsOf = (rows: readonly number[]): Float64Array | undefined =>
    weights && Float64Array.from(rows, (row) => weights[row]!);
  return {
    complete: picked(whole, every),
    completeWeights: weightsOf(whole),
    incomplete: Array.from(patterns, ([name, rows]) => {
      const missing = name.split(",").map(Number);
      const observed = every.filter((j) => !missing.includes(j));
      return { observed, missing, x: picked(rows, observed), rows: rows.length, weights: weightsOf(rows) };
    }),
  };
}

/**
 * Moments of rows with gaps: what is missing has, in each component, the normal distribution that the observed
 * columns leave it, and first and second moments are expected ones (Supervised learning from incomplete data via an
 * EM approach, Ghahramani & Jordan, 1994). The likelihood is that of the observed columns.
 */
export function incompleteMoments(mixture: Mixture, part: Incomplete): Moments {
  const { components: k, columns: d, means } = mixture;
  const { observed, missing, x, rows, weights } = part;
  const shares = logOfObserved(mixture, part);
  const assigned = toShares(shares, k, weights);
  const result = noMoments(mixture);
  const full = hasFullScatter(mixture);
  const deviation = new Float64Array(d);
  const width = observed.length;
  for (let component = 0; component < k; component++) {
    const { coefficients, covariance } = regression(mixture, component, observed, missing);
    const second = result.second.subarray(component * (full ? d * d : d), (component + 1) * (full ? d * d : d));
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const share = shares[row * k + component]!;
      count += share;
      observed.forEach((j, o) => (deviation[j] = x[row * width + o]! - means[component * d + j]!));
      missing.forEach((j, m) => {
        let expected = 0;
        for (let o = 0; o < width; o++) expected += coefficients[m * width + o]! * deviation[observed[o]!]!;
        deviation[j] = expected;
      });
      for (let i = 0; i < d; i++) {
        const scaled = share * deviation[i]!;
        result.first[component * d + i]! += scaled;
        if (full) for (let j = 0; j <= i; j++) second[i * d + j]! += scaled * deviation[j]!;
        else second[i]! += scaled * deviation[i]!;
      }
    }
    result.counts[component] = count;
    missing.forEach((i, a) =>
      missing.forEach((j, b) => {
        const spread = count * covariance[a * missing.length + b]!;
        if (full && j <= i) second[i * d + j]! += spread;
        else if (!full && i === j) second[i]! += spread;
      }),
    );
  }
  return { ...result, ...assigned };
}

/** log (weight_k p(observed columns | k)) of [rows, k]; of rows that lack every column the weights alone. */
export function logOfObserved(mixture: Mixture, { observed, x, rows }: Incomplete): Float64Array {
  const { components: k, weights } = mixture;
  if (observed.length > 0) return logWeightedDensities(marginal(mixture, observed), x);
  return Float64Array.from({ length: rows * k }, (_, i) => Math.log(weights[i % k]!));
}
