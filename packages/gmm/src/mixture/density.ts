import { logDensities } from "./gaps.js";
import { logSumRows } from "./gaussian.js";
import type { Mixture } from "./mixture.js";

/** log (p(y) p(x | y)) of every row and class: [rows, classes], in nats. */
export function logJoint(
  mixtures: readonly Mixture[],
  logPriors: Float64Array,
  x: Float64Array,
): Float64Array {
  const classes = mixtures.length;
  const result = new Float64Array((x.length / mixtures[0]!.columns) * classes);
  mixtures.forEach((mixture, c) => {
    const logProb = logSumRows(logDensities(mixture, x), mixture.components);
    logProb.forEach((value, row) => (result[row * classes + c] = value + logPriors[c]!));
  });
  return result;
}

/** log (p(y) weight_k N(x; k)) of every row and component of every class, classes outermost. */
export function logComponents(
  mixtures: readonly Mixture[],
  logPriors: Float64Array,
  x: Float64Array,
): Float64Array {
  const k = mixtures[0]!.components;
  const width = mixtures.length * k;
  const result = new Float64Array((x.length / mixtures[0]!.columns) * width);
  mixtures.forEach((mixture, c) =>
    logDensities(mixture, x).forEach(
      (value, i) => (result[Math.floor(i / k) * width + c * k + (i % k)] = value + logPriors[c]!),
    ),
  );
  return result;
}
