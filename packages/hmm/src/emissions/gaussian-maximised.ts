import { dirichletMode } from "./dirichlet.js";
import type { EmissionPrior, GaussianParameters, Statistics } from "./types.js";

/**
 * The M step of Gaussians: Σ = (S + ρ V) / (n + ρ) for scatter S, count n, and a prior that is worth ρ steps of the
 * columns' own variances V. That is the mode under a penalty of -ρ/2 (tr(V Σ⁻¹) + log |Σ|).
 * Source: Inference for normal mixtures in mean and variance (Chen, Tan & Zhang, 2008).
 */
export function gaussianMaximised(
  parameters: GaussianParameters,
  [counts, first, second]: Statistics,
  prior: EmissionPrior,
): GaussianParameters {
  const { columns: d, components, weights } = parameters;
  const shift = first!.map((sum, i) => {
    const count = counts![Math.floor(i / d)]!;
    return count > 0 ? sum / count : 0;
  });
  return {
    ...parameters,
    weights: dirichletMode(weights, counts!, components, prior.counts),
    means: parameters.means.map((mean, i) => mean + shift[i]!),
    covariances: covariances(parameters, { counts: counts!, shift, second: second! }, prior),
  };
}

interface Scatter {
  readonly counts: Float64Array;
  readonly shift: Float64Array;
  readonly second: Float64Array;
}

function covariances(
  { covariance: type, covariances: before, columns: d }: GaussianParameters,
  { counts, shift, second }: Scatter,
  { strength, scale }: EmissionPrior,
): Float64Array {
  const result = new Float64Array(before.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  counts.forEach((own, g) => {
    const count = type === "tied" ? total : own;
    // Nothing speaks of this covariance.
    const keep = !(count + strength > 0);
    const add = (at: number, scatter: number, i: number, j: number, parts = 1): void => {
      if (keep) {
        result[at] = before[at]!;
        return;
      }
      // The prior of a tied covariance counts once.
      const known = i === j && (type !== "tied" || g === 0) ? strength * scale[i]! : 0;
      const value =
        (scatter - own * shift[g * d + i]! * shift[g * d + j]! + known) / (count + strength) / parts;
      result[at] = result[at]! + value;
    };
    if (type === "spherical") for (let j = 0; j < d; j++) add(g, second[g * d + j]!, j, j, d);
    else if (type === "diagonal") for (let j = 0; j < d; j++) add(g * d + j, second[g * d + j]!, j, j);
    else
      for (let i = 0; i < d; i++)
        for (let j = 0; j <= i; j++)
          add((type === "full" ? g * d * d : 0) + i * d + j, second[g * d * d + i * d + j]!, i, j);
  });
  if (type === "full" || type === "tied") mirror(result, d);
  return result;
}

/** Copies lower triangles above the diagonal. */
function mirror(matrices: Float64Array, d: number): void {
  for (let start = 0; start < matrices.length; start += d * d)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < i; j++) matrices[start + j * d + i] = matrices[start + i * d + j]!;
}
