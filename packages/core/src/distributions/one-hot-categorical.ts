import type { Tensor } from "@tensorflow/tfjs-core";
import {
  all,
  any,
  argMax,
  cast,
  equal,
  exp,
  greater,
  logicalAnd,
  logicalOr,
  mul,
  sub,
  sum,
  tidy,
  where,
} from "../backend/engine.js";
import { categorical } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import {
  categoryDivergence,
  categoryEntropy,
  categoryEntropy64,
  isCategory,
  normalisedLogits,
  normalisedLogits64,
  requireCategories,
  sumWhere,
} from "./category-probabilities.js";
import type { CategoryProbabilities, CategoryProbabilities64 } from "./category-probabilities.js";
import { sameFamily } from "./same-family.js";
import type {
  Distribution,
  Float64VectorDistribution,
  HasEntropy,
  HasMean,
  HasMode,
  HasVariance,
} from "./types.js";

/**
 * One of `levels` categories as a vector of zeros with a single one, whose probabilities are softmax(`logits`) or
 * `probs` over their sum.
 *
 * Event shape [levels], samples float32. Throws `InputError` unless exactly one parameter is given, with at least one
 * category.
 */
export class OneHotCategorical implements Distribution, HasMean, HasVariance, HasMode, HasEntropy {
  readonly family = "OneHotCategorical";
  readonly batchShape: Shape;
  readonly eventShape: Shape;

  constructor(readonly categories: CategoryProbabilities) {
    const { shape } = requireCategories("OneHotCategorical", categories);
    this.batchShape = shape.slice(0, -1);
    this.eventShape = shape.slice(-1);
  }

  /** By the Gumbel-max trick. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => this.encode(categorical(key, normalisedLogits(this.categories), shape)));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const logits = normalisedLogits(this.categories);
      const one = equal(x, 1);
      const valid = logicalAnd(all(logicalOr(one, equal(x, 0)), -1), equal(sum(x, -1), 1));
      const possible = logicalAnd(one, greater(logits, -Infinity));
      const inside = logicalAnd(valid, any(possible, -1));
      return where(inside, sumWhere(possible, logits), -Infinity);
    });
  }

  /** The probabilities. */
  mean(): Tensor {
    return tidy(() => exp(normalisedLogits(this.categories)));
  }

  /** p (1 - p). */
  variance(): Tensor {
    return tidy(() => {
      const probabilities = exp(normalisedLogits(this.categories));
      return mul(probabilities, sub(1, probabilities));
    });
  }

  mode(): Tensor {
    return tidy(() => this.encode(argMax(normalisedLogits(this.categories), -1)));
  }

  /** -Σ p log p. */
  entropy(): Tensor {
    return tidy(() => categoryEntropy(normalisedLogits(this.categories)));
  }

  /** Σ p log(p / q). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<OneHotCategorical>(this, other)) return undefined;
    return tidy(() =>
      categoryDivergence(normalisedLogits(this.categories), normalisedLogits(other.categories)),
    );
  }

  private encode(category: Tensor): Tensor {
    return cast(isCategory(category, this.eventShape[0]!), "float32");
  }
}

/** The float64 form of `OneHotCategorical`. */
export function oneHotCategorical64(categories: CategoryProbabilities64): Float64VectorDistribution {
  const logits = normalisedLogits64(categories);
  const probabilities = logits.map(Math.exp);
  return {
    logProb: (x) => {
      const binary = x.length === logits.length && x.every((one) => one === 0 || one === 1);
      return binary && x.reduce((total, one) => total + one, 0) === 1 ? logits[x.indexOf(1)]! : -Infinity;
    },
    mean: () => probabilities,
    variance: () => probabilities.map((p) => p * (1 - p)),
    entropy: () => categoryEntropy64(logits),
  };
}
