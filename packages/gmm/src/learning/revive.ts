import * as float64 from "@gen/core/float64";
import { covarianceOf, type Mixture } from "../mixture/mixture.js";

/** Less than this share of an average component's rows, and a component is dead. */
const dead = 1e-3;

/**
 * Components that have died put elsewhere: each takes half of the component that has the largest weight, the two moved
 * apart by a deviation along its longest axis, with its covariance (SMEM algorithm for mixture models, Ueda, Nakano,
 * Ghahramani & Hinton, 2000, whose splits are guided by the data). `count` tells how many were.
 * @param degenerate components whose extent has gone
 */
export function revived(
  mixture: Mixture,
  degenerate: readonly number[],
  most: number,
): { readonly mixture: Mixture; readonly count: number } {
  const { components: k, weights } = mixture;
  const gone = Array.from({ length: k }, (_, component) => component)
    .filter((component) => degenerate.includes(component) || weights[component]! < dead / k)
    .slice(0, most);
  if (gone.length === 0 || gone.length === k) return { mixture, count: 0 };
  const result = {
    ...mixture,
    weights: weights.slice(),
    means: mixture.means.slice(),
    covariances: mixture.covariances.slice(),
  };
  for (const component of gone) split(result, largest(result.weights, degenerate), component);
  return { mixture: result, count: gone.length };
}

function largest(weights: Float64Array, without: readonly number[]): number {
  let best = -1;
  weights.forEach((weight, component) => {
    if (!without.includes(component) && (best === -1 || weight > weights[best]!)) best = component;
  });
  return best;
}

function split(mixture: Mixture, from: number, to: number): void {
  const { type, columns: d, weights, means, covariances } = mixture;
  const { values, vectors } = float64.symmetricEigen(covarianceOf(mixture, from), d);
  weights[from]! /= 2;
  weights[to] = weights[from]!;
  for (let j = 0; j < d; j++) {
    const step = Math.sqrt(Math.max(0, values[0]!)) * vectors[j]!;
    means[to * d + j] = means[from * d + j]! + step;
    means[from * d + j]! -= step;
  }
  const size = type === "tied" ? 0 : covariances.length / mixture.components;
  covariances.copyWithin(to * size, from * size, (from + 1) * size);
}
