import { whiten } from "../mixture/gaussian.js";
import type { Mixture } from "../mixture/mixture.js";
import { moments, type Moments } from "./moments.js";
import { cutOff, toShares } from "./responsibilities.js";

/**
 * Moments of complete rows by summing whitened squares, which is exact however narrow a covariance is.
 * @param weights how much each row counts, 1 where undefined
 */
export function rowByRow(mixture: Mixture, x: Float64Array, weights: Float64Array | undefined): Moments {
  const shares = logDensitiesThatCount(mixture, x);
  const assigned = toShares(shares, mixture.components, weights);
  return { ...moments(mixture, x, shares), ...assigned };
}

/**
 * log (weight_k N(x; k)) of [rows, k], -Infinity for components whose share of the row is sure to be cut off: their
 * distance is not summed to the end.
 */
function logDensitiesThatCount(mixture: Mixture, x: Float64Array): Float64Array {
  const { components: k, columns: d } = mixture;
  const rows = x.length / d;
  const parts = Array.from({ length: k }, (_, component) => whiten(mixture, component));
  const result = new Float64Array(rows * k).fill(-Infinity);
  const centred = new Float64Array(d);
  const largest = new Float64Array(rows).fill(-Infinity);
  parts.forEach(({ mean, inverse, isDiagonal, constant }, component) => {
    if (constant === -Infinity) return;
    for (let row = 0, start = 0; row < rows; row++, start += d) {
      const most = 2 * (constant - largest[row]! - cutOff);
      let distance = 0;
      if (isDiagonal)
        for (let j = 0; j < d; j++) {
          const y = (x[start + j]! - mean[j]!) * inverse[j]!;
          distance += y * y;
        }
      else
        for (let i = 0, at = 0; i < d && distance <= most; i++, at = i * d) {
          centred[i] = x[start + i]! - mean[i]!;
          let y = 0;
          for (let j = 0; j <= i; j++) y += inverse[at + j]! * centred[j]!;
          distance += y * y;
        }
      if (distance > most) continue;
      const value = constant - distance / 2;
      result[row * k + component] = value;
      if (value > largest[row]!) largest[row] = value;
    }
  });
  return result;
}
