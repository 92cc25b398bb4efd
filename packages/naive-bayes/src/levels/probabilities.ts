import { float64 } from "@gen/core/math";
import type { Slots } from "./slots.js";

/** log P(slot | y) of one element, [slots, classes], from the weights of its slots. */
export type LevelFit = (counts: Float64Array, classes: number, slots: Slots) => Float64Array;

/**
 * Counts with `alpha` added to each: (N_s + α) / (N + α S). Without α a class that has no value takes all classes'.
 */
export const smoothedShares =
  (alpha: number): LevelFit =>
  (counts, classes, slots) => {
    const logs = new Float64Array(counts.length);
    for (let c = 0; c < classes; c++) {
      const own = shareOf(counts, classes, c);
      const used = own.some((count) => count > 0) || alpha > 0 ? own : pooledCounts(counts, classes);
      const total = used.reduce((sum, count) => sum + Math.max(0, count), 0) + alpha * slots.count;
      used.forEach((count, s) => {
        const mass = total > 0 ? (Math.max(0, count) + alpha) / total : 1 / slots.count;
        logs[s * classes + c] = Math.log(mass);
      });
    }
    return logs;
  };

/**
 * A normal number rounded to the levels, whose ends take the tails: P(k) = Φ((k + 1/2 - μ)/σ) - Φ((k - 1/2 - μ)/σ), μ
 * and σ² being the counts' mean and variance, with `floor` added.
 */
export const roundedNormal =
  (floor: number): LevelFit =>
  (counts, classes, slots) =>
    perClass(counts, classes, (own) => {
      const { mean, variance } = momentsOf(own, slots.count);
      const scale = Math.sqrt(Math.max(variance + floor, Number.MIN_VALUE));
      return (k) => {
        const low = k === 0 ? -Infinity : (k - 0.5 - mean) / scale;
        const high = k === slots.count - 1 ? Infinity : (k + 0.5 - mean) / scale;
        return logMassBetween(low, high);
      };
    });

/** Successes among as many trials as the highest level: P(k) = C(n, k) p^k (1 - p)^(n - k), one of each added by α. */
export const binomialOf =
  (alpha: number): LevelFit =>
  (counts, classes, slots) =>
    perClass(counts, classes, (own) => {
      const trials = slots.count - 1;
      const weight = own.reduce((sum, count) => sum + count, 0);
      const successes = own.reduce((sum, count, k) => sum + k * count, 0);
      const total = weight * trials + 2 * alpha;
      const p = total > 0 ? (successes + alpha) / total : 0.5;
      return (k) =>
        float64.logChoose(trials, k) +
        (k > 0 ? k * Math.log(p) : 0) +
        (k < trials ? (trials - k) * Math.log1p(-p) : 0);
    });

function perClass(
  counts: Float64Array,
  classes: number,
  fit: (own: Float64Array) => (level: number) => number,
): Float64Array {
  const logs = new Float64Array(counts.length);
  for (let c = 0; c < classes; c++) {
    const own = shareOf(counts, classes, c);
    const logMass = fit(own.some((count) => count > 0) ? own : pooledCounts(counts, classes));
    for (let k = 0; k < counts.length / classes; k++) logs[k * classes + c] = logMass(k);
  }
  return logs;
}

const shareOf = (counts: Float64Array, classes: number, c: number): Float64Array =>
  Float64Array.from({ length: counts.length / classes }, (_, s) => counts[s * classes + c]!);

const pooledCounts = (counts: Float64Array, classes: number): Float64Array =>
  Float64Array.from({ length: counts.length / classes }, (_, s) =>
    counts.subarray(s * classes, (s + 1) * classes).reduce((sum, count) => sum + count, 0),
  );

/** Of no counts at all: those of the uniform distribution. */
function momentsOf(counts: Float64Array, levels: number): { mean: number; variance: number } {
  const weight = counts.reduce((sum, count) => sum + count, 0);
  if (!(weight > 0)) return { mean: (levels - 1) / 2, variance: (levels * levels - 1) / 12 };
  const mean = counts.reduce((sum, count, k) => sum + k * count, 0) / weight;
  return { mean, variance: counts.reduce((sum, count, k) => sum + count * (k - mean) ** 2, 0) / weight };
}

/** log (Φ(high) - Φ(low)), in the tail where both are small. */
function logMassBetween(low: number, high: number): number {
  const [a, b] = low > 0 ? [-high, -low] : [low, high];
  const upper = float64.logNormalCdf(b);
  const lower = float64.logNormalCdf(a);
  return lower === -Infinity ? upper : upper + float64.log1mexp(upper - lower);
}
