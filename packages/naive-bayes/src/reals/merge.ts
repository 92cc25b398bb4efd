import { rounding } from "../parts/sums.js";
import type { Moments } from "./moments.js";

/**
 * The moments of two parts of the data together, or, with a negated one, of what is left without it.
 * Sources: Updating formulae and a pairwise algorithm for computing sample variances (Chan, Golub & LeVeque, 1979);
 * Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments
 * (Pébay, 2008).
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const size = a.weights.length;
  const merged = {
    weights: new Float64Array(size),
    means: new Float64Array(size),
    second: new Float64Array(size),
    ...(a.third && { third: new Float64Array(size), fourth: new Float64Array(size) }),
  };
  for (let i = 0; i < size; i++) {
    const [m, n] = [a.weights[i]!, b.weights[i]!];
    const total = m + n;
    if (Math.abs(total) <= rounding * Math.max(Math.abs(m), Math.abs(n))) continue;
    const gap = b.means[i]! - a.means[i]!;
    merged.weights[i] = total;
    // From the heavier side, so that a light part moves the mean by little and a mean of equals is exact.
    merged.means[i] =
      Math.abs(m) >= Math.abs(n) ? a.means[i]! + gap * (n / total) : b.means[i]! - gap * (m / total);
    merged.second[i] = a.second[i]! + b.second[i]! + gap * gap * ((m / total) * n);
    if (a.third && b.third && a.fourth && b.fourth && merged.third && merged.fourth) {
      const [u, v] = [m / total, n / total];
      merged.third[i] =
        a.third[i]! +
        b.third[i]! +
        gap ** 3 * u * n * (u - v) +
        3 * gap * (u * b.second[i]! - v * a.second[i]!);
      merged.fourth[i] =
        a.fourth[i]! +
        b.fourth[i]! +
        gap ** 4 * u * n * (u * u - u * v + v * v) +
        6 * gap * gap * (u * u * b.second[i]! + v * v * a.second[i]!) +
        4 * gap * (u * b.third[i]! - v * a.third[i]!);
    }
  }
  return merged;
}

/** The same rows with weights below 0: merged, it takes them away. */
export const negatedMoments = (moments: Moments): Moments => ({
  weights: moments.weights.map((value) => -value),
  means: moments.means,
  second: moments.second.map((value) => -value),
  ...(moments.third &&
    moments.fourth && {
      third: moments.third.map((value) => -value),
      fourth: moments.fourth.map((value) => -value),
    }),
});

/** The moments of every element over all classes, [size]. */
export function pooled(moments: Moments, size: number): Moments {
  const classes = moments.weights.length / size;
  const ofClass = (c: number): Moments => {
    const own = (values: Float64Array): Float64Array => values.subarray(c * size, (c + 1) * size);
    return {
      weights: own(moments.weights),
      means: own(moments.means),
      second: own(moments.second),
      ...(moments.third && moments.fourth && { third: own(moments.third), fourth: own(moments.fourth) }),
    };
  };
  let all = ofClass(0);
  for (let c = 1; c < classes; c++) all = mergeMoments(all, ofClass(c));
  return all;
}
