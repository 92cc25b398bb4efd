import {
  concat,
  exp,
  maximum,
  mul,
  neg,
  reshape,
  softplus,
  split,
  squeeze,
  sub,
  tidy,
  zerosLike,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { Categorical, DiscretizedLogisticMixture, type Discrete } from "@gen/core";
import { softmaxCrossEntropy } from "@gen/nn";

/** The distribution of one pixel's level, from the numbers that a network gives for it. */
export interface Likelihood {
  /** How many numbers it takes. */
  readonly numbers: number;
  /** log p of levels [count, pixels] (int32), from [count, pixels, numbers]: [count, pixels], in nats. */
  logProb(numbers: Tensor, levels: Tensor): Tensor;
  /** The distribution of a pixel in each of some images, from [count, numbers]. */
  distribution(numbers: Tensor): Discrete;
}

export interface LikelihoodConfig {
  readonly likelihood: "softmax" | "logistic";
  readonly components: number;
}

/** The likelihood of pixels of some levels; of two it is always Bernoulli. */
export function likelihoodOf(levels: number, { likelihood, components }: LikelihoodConfig): Likelihood {
  if (levels === 2) return bernoulli;
  return likelihood === "softmax" ? softmax(levels) : logisticMixture(levels, components);
}

/** One logit of level 1. */
const bernoulli: Likelihood = {
  numbers: 1,
  logProb: (numbers, levels) =>
    tidy(() => {
      const logits = squeeze(numbers, [2]);
      return sub(mul(logits, levels), softplus(logits));
    }),
  distribution: (numbers) =>
    new Categorical({ logits: tidy(() => concat([zerosLike(numbers), numbers], 1)) }),
};

/** A logit for each level. */
const softmax = (levels: number): Likelihood => ({
  numbers: levels,
  logProb: (numbers, x) =>
    tidy(() => neg(reshape(softmaxCrossEntropy(reshape(numbers, [-1, levels]), reshape(x, [-1])), x.shape))),
  distribution: (numbers) => new Categorical({ logits: numbers }),
});

/** Guard: narrower logistics lie within a single level, where their gradient is lost to rounding. */
const leastLogScale = -7;

/** Weights, locations and log-scales of logistic distributions, cut into levels (Salimans et al., 2017). */
const logisticMixture = (levels: number, components: number): Likelihood => {
  const distribution = (numbers: Tensor): DiscretizedLogisticMixture => {
    const [logits, loc, logScale] = split(numbers, 3, numbers.rank - 1) as [Tensor, Tensor, Tensor];
    const scale = exp(maximum(logScale, leastLogScale));
    return new DiscretizedLogisticMixture({ logits, loc, scale, levels });
  };
  return {
    numbers: 3 * components,
    logProb: (numbers, x) => tidy(() => distribution(numbers).logProb(x)),
    distribution,
  };
};
