import { deviationsOf, scaleTrilOf, type Mixture } from "./mixture.js";

/** What is needed of a component to evaluate its density: whitening and the constant of its logarithm. */
export interface Whitened {
  readonly mean: Float64Array;
  /** The inverse of the Cholesky factor, lower [d, d]; of a diagonal covariance the inverse deviations [d]. */
  readonly inverse: Float64Array;
  readonly isDiagonal: boolean;
  /** log weight - d/2 log 2π - 1/2 log |Σ| */
  readonly constant: number;
}

function invertLower(lower: Float64Array, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let column = 0; column < d; column++)
    for (let row = column; row < d; row++) {
      let sum = row === column ? 1 : 0;
      for (let k = column; k < row; k++) sum -= lower[row * d + k]! * inverse[k * d + column]!;
      inverse[row * d + column] = sum / lower[row * d + row]!;
    }
  return inverse;
}

/** @throws InputError when the covariance is not positive definite. */
export function whiten(mixture: Mixture, component: number): Whitened {
  const { columns: d, type } = mixture;
  const isDiagonal = type === "diagonal" || type === "spherical";
  const mean = mixture.means.subarray(component * d, (component + 1) * d);
  let inverse: Float64Array;
  let logDeterminant = 0;
  if (isDiagonal) {
    inverse = deviationsOf(mixture, component).map((deviation) => 1 / deviation);
    for (let j = 0; j < d; j++) logDeterminant -= 2 * Math.log(inverse[j]!);
  } else {
    const lower = scaleTrilOf(mixture, component);
    inverse = invertLower(lower, d);
    for (let j = 0; j < d; j++) logDeterminant += 2 * Math.log(lower[j * d + j]!);
  }
  const constant =
    Math.log(mixture.weights[component]!) - (d / 2) * Math.log(2 * Math.PI) - logDeterminant / 2;
  return { mean, inverse, isDiagonal, constant };
}

/** |Σ^(-1/2) (x - μ)|² of the row that begins at `start`; `centred` is scratch space of d numbers. */
function squaredDistance(
  { mean, inverse, isDiagonal }: Whitened,
  x: Float64Array,
  start: number,
  centred: Float64Array,
): number {
  const d = mean.length;
  let total = 0;
  if (isDiagonal)
    for (let j = 0; j < d; j++) {
      const y = (x[start + j]! - mean[j]!) * inverse[j]!;
      total += y * y;
    }
  else {
    for (let j = 0; j < d; j++) centred[j] = x[start + j]! - mean[j]!;
    for (let row = 0, at = 0; row < d; row++, at = row * d) {
      let y = 0;
      for (let k = 0; k <= row; k++) y += inverse[at + k]! * centred[k]!;
      total += y * y;
    }
  }
  return total;
}

/** log (weight_k N(x; μ_k, Σ_k)) of every row and component: [rows, k], in nats. */
export function logWeightedDensities(mixture: Mixture, x: Float64Array): Float64Array {
  const { components: k, columns: d } = mixture;
  const rows = x.length / d;
  const result = new Float64Array(rows * k);
  const centred = new Float64Array(d);
  for (let component = 0; component < k; component++) {
    const whitened = whiten(mixture, component);
    for (let row = 0; row < rows; row++)
      result[row * k + component] = whitened.constant - squaredDistance(whitened, x, row * d, centred) / 2;
  }
  return result;
}

/** log Σ_k of each row of [rows, k]; -Infinity when every entry is. */
export function logSumRows(values: Float64Array, width: number): Float64Array {
  const result = new Float64Array(values.length / width);
  for (let row = 0; row < result.length; row++) {
    let largest = -Infinity;
    for (let k = 0; k < width; k++) largest = Math.max(largest, values[row * width + k]!);
    let sum = 0;
    for (let k = 0; k < width; k++) sum += Math.exp(values[row * width + k]! - largest);
    result[row] = largest === -Infinity ? -Infinity : largest + Math.log(sum);
  }
  return result;
}

/** Σ log p(x) over the rows, in nats. */
export const logLikelihoodOf = (mixture: Mixture, x: Float64Array): number =>
  logSumRows(logWeightedDensities(mixture, x), mixture.components).reduce((sum, v) => sum + v, 0);
