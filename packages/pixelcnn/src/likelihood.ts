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
import { Categorical, DiscretizedLogisticMixture, InputError, type Discrete } from "@gen/core";
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

/** @throws InputError when a mixture of logistics is asked for other than 2 or 256 levels. */
export function likelihoodOf(levels: number, { likelihood, components }: LikelihoodConfig): Likelihood {
  if (levels === 2) return bernoulli;
  if (likelihood === "softmax") return softmax(levels);
  if (levels === 256) return logisticMixture(components);
  throw new InputError(
    `A mixture of logistics is for 8-bit images of 256 levels, and these have ${levels}: set likelihood to softmax.`,
  );
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
const logisticMixture = (components: number): Likelihood => {
  const distribution = (numbers: Tensor): DiscretizedLogisticMixture => {
    const [logits, loc, logScale] = split(numbers, 3, numbers.rank - 1) as [Tensor, Tensor, Tensor];
    return new DiscretizedLogisticMixture({ logits, loc, scale: exp(maximum(logScale, leastLogScale)) });
  };
  return {
    numbers: 3 * components,
    logProb: (numbers, levels) => tidy(() => distribution(numbers).logProb(levels)),
    distribution,
  };
};
