import * as float64 from "@gen/core/float64";
import type { Prior } from "./prior.js";

/** What the posterior over weights says of each component. */
export interface WeightPosterior {
  /** E[log weight] */
  readonly logWeights: Float64Array;
  /** E[weight] */
  readonly weights: Float64Array;
  /** KL(posterior ‖ prior), in nats. */
  readonly divergence: number;
}

/** The posterior over weights, of the rows that each component takes. */
export function weightPosterior(prior: Prior, counts: Float64Array): WeightPosterior {
  return prior.weights === "dirichlet"
    ? dirichlet(counts, prior.concentration)
    : sticks(counts, prior.concentration);
}

const { digamma, logGamma } = float64;

function dirichlet(counts: Float64Array, concentration: number): WeightPosterior {
  const k = counts.length;
  const alpha = counts.map((count) => concentration + count);
  const total = alpha.reduce((sum, a) => sum + a, 0);
  const logWeights = alpha.map((a) => digamma(a) - digamma(total));
  let divergence = logGamma(total) - logGamma(k * concentration) + k * logGamma(concentration);
  alpha.forEach((a, i) => (divergence += (a - concentration) * logWeights[i]! - logGamma(a)));
  return { logWeights, weights: alpha.map((a) => a / total), divergence };
}

/**
 * Stick-breaking, cut off after the last component: v_k ~ Beta(1, concentration), weight_k = v_k Π_{j<k} (1 - v_j),
 * v_K = 1 (Variational inference for Dirichlet process mixtures, Blei & Jordan, 2006).
 */
function sticks(counts: Float64Array, concentration: number): WeightPosterior {
  const k = counts.length;
  const logWeights = new Float64Array(k);
  const weights = new Float64Array(k);
  let left = counts.reduce((sum, count) => sum + count, 0);
  let [logRest, rest, divergence] = [0, 1, 0];
  for (let i = 0; i < k; i++) {
    left = Math.max(0, left - counts[i]!);
    if (i === k - 1) {
      logWeights[i] = logRest;
      weights[i] = rest;
      break;
    }
    const [a, b] = [1 + counts[i]!, concentration + left];
    const [logV, logNotV] = [digamma(a) - digamma(a + b), digamma(b) - digamma(a + b)];
    logWeights[i] = logRest + logV;
    weights[i] = (rest * a) / (a + b);
    logRest += logNotV;
    rest *= b / (a + b);
    divergence +=
      (a - 1) * logV + (b - concentration) * logNotV - float64.logBeta(a, b) - Math.log(concentration);
  }
  return { logWeights, weights, divergence };
}
