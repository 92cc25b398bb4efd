import type { Moments } from "./moments.js";
import { covarianceShape, type Mixture } from "../mixture/mixture.js";

/**
 * The M step: weights, means and covariances that maximise the expected log-likelihood. `floor` (one number per
 * column) is added to each variance.
 */
export function maximisation(mixture: Mixture, stats: Moments, floor: Float64Array): Mixture {
  const { type, components: k, columns: d } = mixture;
  // As scikit-learn: a component that takes nothing keeps a mean and a positive weight.
  const counts = stats.counts.map((count) => count + 10 * Number.EPSILON);
  const shift = stats.first.map((value, i) => value / counts[Math.floor(i / d)]!);
  const weights = counts.map((count) => count / stats.rows);
  const means = mixture.means.map((mean, i) => mean + shift[i]!);
  const size = covarianceShape(type, k, d).reduce((a, b) => a * b, 1);
  const covariances = new Float64Array(size);
  for (let component = 0; component < k; component++)
    addScatter(covariances, { type, component, d, counts, shift, second: stats.second });
  if (type === "tied") {
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (let i = 0; i < size; i++) covariances[i] = covariances[i]! / total;
  }
  addFloor(covariances, type, d, floor);
  return { ...mixture, weights, means, covariances };
}

interface Scatter {
  readonly type: Mixture["type"];
  readonly component: number;
  readonly d: number;
  readonly counts: Float64Array;
  readonly shift: Float64Array;
  readonly second: Float64Array;
}

/** Adds one component's covariance, second / count - shift shiftᵀ; a tied one adds its count times that. */
function addScatter(covariances: Float64Array, { type, component, d, counts, shift, second }: Scatter): void {
  const count = counts[component]!;
  if (type === "diagonal" || type === "spherical") {
    for (let j = 0; j < d; j++) {
      const at = component * d + j;
      const variance = second[at]! / count - shift[at]! * shift[at]!;
      if (type === "diagonal") covariances[at] = variance;
      else covariances[component] = covariances[component]! + variance / d;
    }
    return;
  }
  const scale = type === "tied" ? count : 1;
  const into = type === "tied" ? 0 : component * d * d;
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      const scatter =
        second[component * d * d + i * d + j]! / count -
        shift[component * d + i]! * shift[component * d + j]!;
      const value = covariances[into + i * d + j]! + scale * scatter;
      covariances[into + i * d + j] = value;
      covariances[into + j * d + i] = value;
    }
}

function addFloor(covariances: Float64Array, type: Mixture["type"], d: number, floor: Float64Array): void {
  if (type === "diagonal")
    for (let i = 0; i < covariances.length; i++) covariances[i] = covariances[i]! + floor[i % d]!;
  else if (type === "spherical") {
    const mean = floor.reduce((sum, v) => sum + v, 0) / d;
    for (let i = 0; i < covariances.length; i++) covariances[i] = covariances[i]! + mean;
  } else
    for (let start = 0; start < covariances.length; start += d * d)
      for (let j = 0; j < d; j++) {
        const at = start + j * d + j;
        covariances[at] = covariances[at]! + floor[j]!;
      }
}
