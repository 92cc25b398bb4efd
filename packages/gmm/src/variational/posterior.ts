import type { Moments } from "../em/moments.js";
import { addScatter } from "../em/maximisation.js";
import { whiten } from "../mixture/gaussian.js";
import type { Mixture } from "../mixture/mixture.js";
import { blocksOf, type Prior } from "./prior.js";
import { weightPosterior } from "./weights.js";
import { logDeterminantGap, wishartDivergence } from "./wishart.js";

/**
 * A posterior over mixtures with the arrays of one: counts (rows that each component takes) for weights, the normal
 * distributions' means, and the Wishart distributions' scatters for covariances.
 */
export type Posterior = Mixture;

/**
 * The posterior of the moments that an E step took (Pattern Recognition and Machine Learning, Bishop, 2006,
 * section 10.2).
 */
export function posterior(prior: Prior, about: Mixture, { counts, first, second }: Moments): Posterior {
  const { type, components: k, columns: d } = about;
  const means = about.means.map((mean, i) => {
    const count = counts[Math.floor(i / d)]!;
    return (prior.strength * prior.mean[i % d]! + count * mean + first[i]!) / (prior.strength + count);
  });
  const { count: blocks, size } = blocksOf(type, k, d);
  const scatter = Float64Array.from(
    { length: blocks * size * size },
    (_, i) => prior.scatter[i % prior.scatter.length]!,
  );
  for (let component = 0; component < k; component++)
    addScatter(scatter, { type, component, d, second, correction: correction(component) });
  return { ...about, weights: counts, means, covariances: scatter };

  /** What second moments about the old mean have more than Σ (x - m)(x - m)ᵀ + strength (m - m₀)(m - m₀)ᵀ. */
  function correction(component: number): (i: number, j: number) => number {
    const from = component * d;
    const count = counts[component]!;
    const toPrior = (j: number): number => prior.mean[j]! - about.means[from + j]!;
    const moved = (j: number): number => means[from + j]! - about.means[from + j]!;
    return (i, j) =>
      prior.strength * toPrior(i) * toPrior(j) - (prior.strength + count) * moved(i) * moved(j);
  }
}

/** The degrees of freedom of a component's Wishart distributions. */
function degreesOf(
  prior: Prior,
  { type, columns: d, weights: counts }: Posterior,
  component: number,
): number {
  if (type === "tied") return prior.degrees + counts.reduce((sum, count) => sum + count, 0);
  return prior.degrees + (type === "spherical" ? d : 1) * counts[component]!;
}

/** Means and covariances as the posterior expects precisions, with other weights. */
function withWeights(prior: Prior, learned: Posterior, weights: Float64Array): Mixture {
  const size = learned.covariances.length / (learned.type === "tied" ? 1 : learned.components);
  const covariances = learned.covariances.map(
    (value, i) => value / degreesOf(prior, learned, learned.type === "tied" ? 0 : Math.floor(i / size)),
  );
  return { ...learned, weights, covariances };
}

/** The mixture of expected weights, means and precisions. */
export const expectedMixture = (prior: Prior, learned: Posterior): Mixture =>
  withWeights(prior, learned, weightPosterior(prior, learned.weights).weights);

/**
 * The mixture whose weighted densities are exp E[log p(x, component)]: its weights do not sum to 1, and the
 * log-likelihood of an E step with it is that part of the bound which depends on the rows.
 */
export function geometricMixture(prior: Prior, learned: Posterior): Mixture {
  const { type, components: k, columns: d, weights: counts } = learned;
  const { logWeights } = weightPosterior(prior, counts);
  const gapOf = (component: number): number => {
    const degrees = degreesOf(prior, learned, component);
    return type === "full" || type === "tied"
      ? logDeterminantGap(degrees, d)
      : d * logDeterminantGap(degrees, 1);
  };
  const weights = Float64Array.from({ length: k }, (_, component) =>
    Math.exp(logWeights[component]! + (gapOf(component) - d / (prior.strength + counts[component]!)) / 2),
  );
  return withWeights(prior, learned, weights);
}

/** KL(posterior ‖ prior), in nats. */
export function divergence(prior: Prior, learned: Posterior): number {
  const { type, components: k, columns: d, weights: counts, covariances: scatter } = learned;
  const { count: blocks, size, perComponent } = blocksOf(type, k, d);
  let total = weightPosterior(prior, counts).divergence;
  const numbers = size * size;
  for (let block = 0; block < blocks; block++) {
    const component = type === "tied" ? 0 : Math.floor(block / perComponent);
    const at = (block * numbers) % prior.scatter.length;
    total += wishartDivergence(
      {
        degrees: degreesOf(prior, learned, component),
        scatter: scatter.slice(block * numbers, (block + 1) * numbers),
      },
      { degrees: prior.degrees, scatter: prior.scatter.slice(at, at + numbers) },
      size,
    );
  }
  const expected = expectedMixture(prior, learned);
  for (let component = 0; component < k; component++) {
    const ratio = prior.strength / (prior.strength + counts[component]!);
    const distance = squaredDistance(expected, component, prior.mean);
    total += (d * (ratio - 1 - Math.log(ratio)) + prior.strength * distance) / 2;
  }
  return total;
}

/** (x - μ)ᵀ Σ⁻¹ (x - μ) */
function squaredDistance(mixture: Mixture, component: number, x: Float64Array): number {
  const { inverse, isDiagonal, mean } = whiten(mixture, component);
  const d = mean.length;
  let total = 0;
  for (let i = 0; i < d; i++) {
    let y = 0;
    if (isDiagonal) y = inverse[i]! * (x[i]! - mean[i]!);
    else for (let j = 0; j <= i; j++) y += inverse[i * d + j]! * (x[j]! - mean[j]!);
    total += y * y;
  }
  return total;
}
