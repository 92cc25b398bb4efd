import { covarianceShape, type Mixture } from "../mixture/mixture.js";
import type { Moments } from "./moments.js";

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
  for (let component = 0; component < k; component++) {
    const [from, count] = [component * d, counts[component]!];
    addScatter(covariances, {
      type,
      component,
      d,
      second: stats.second,
      correction: (i, j) => -count * shift[from + i]! * shift[from + j]!,
    });
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const each = size / k;
  for (let i = 0; i < size; i++)
    covariances[i]! /=
      type === "tied" ? total : counts[Math.floor(i / each)]! * (type === "spherical" ? d : 1);
  addFloor(covariances, type, d, floor);
  return { ...mixture, weights, means, covariances };
}

interface Scatter {
  readonly type: Mixture["type"];
  readonly component: number;
  readonly d: number;
  /** Second moments as an E step takes them. */
  readonly second: Float64Array;
  /** What is added to the second moment of two columns. */
  readonly correction: (i: number, j: number) => number;
}

/** Adds one component's corrected second moments to a matrix of the covariances' shape: a tied one takes them all. */
export function addScatter(into: Float64Array, { type, component, d, second, correction }: Scatter): void {
  if (type === "diagonal" || type === "spherical") {
    for (let j = 0; j < d; j++) {
      const at = component * d + j;
      into[type === "diagonal" ? at : component]! += second[at]! + correction(j, j);
    }
    return;
  }
  const start = type === "tied" ? 0 : component * d * d;
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      const value = into[start + i * d + j]! + second[component * d * d + i * d + j]! + correction(i, j);
      into[start + i * d + j] = value;
      into[start + j * d + i] = value;
    }
}

function addFloor(covariances: Float64Array, type: Mixture["type"], d: number, floor: Float64Array): void {
  if (type === "diagonal") for (let i = 0; i < covariances.length; i++) covariances[i]! += floor[i % d]!;
  else if (type === "spherical") {
    const mean = floor.reduce((sum, v) => sum + v, 0) / d;
    for (let i = 0; i < covariances.length; i++) covariances[i]! += mean;
  } else
    for (let start = 0; start < covariances.length; start += d * d)
      for (let j = 0; j < d; j++) covariances[start + j * (d + 1)]! += floor[j]!;
}
