import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  all,
  cast,
  equal,
  exp,
  expandDims,
  logicalAnd,
  mul,
  sub,
  sum,
  tidy,
  where,
} from "../backend/engine.js";
import { float64, logGamma } from "../math/index.js";
import { categorical } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { requireCount } from "./binomial.js";
import {
  categoryDivergence,
  isCategory,
  normalisedLogits,
  normalisedLogits64,
  requireCategories,
} from "./category-probabilities.js";
import type { CategoryProbabilities, CategoryProbabilities64 } from "./category-probabilities.js";
import { isCount, isCount64, weighted, weighted64 } from "./counting.js";
import { sameFamily } from "./same-family.js";
import type { Distribution, Float64VectorDistribution, HasMean, HasVariance } from "./types.js";

/** A number of trials n and the categories' probabilities. */
export type MultinomialParameters<C = CategoryProbabilities> = { readonly totalCount: number } & C;

/**
 * How often each category came up in n trials: p(x) = n! Π p_k^x_k / x_k!, Σ x_k = n.
 *
 * Event shape [levels], samples float32. Throws `InputError` when n is not a count, and unless exactly one of `probs`
 * and `logits` is given, with at least one category.
 */
export class Multinomial implements Distribution, HasMean, HasVariance {
  readonly family = "Multinomial";
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  readonly totalCount: number;

  constructor(readonly categories: MultinomialParameters) {
    const { shape } = requireCategories("Multinomial", categories);
    requireCount("Multinomial", categories.totalCount);
    this.totalCount = categories.totalCount;
    this.batchShape = shape.slice(0, -1);
    this.eventShape = shape.slice(-1);
  }

  /** Counts n categories drawn by the Gumbel-max trick. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const logits = normalisedLogits(this.categories);
      const trials = categorical(key, logits, [...shape, this.totalCount]);
      return sum(cast(isCategory(trials, this.eventShape[0]!), "float32"), shape.length);
    });
  }

  /** log n! + Σ (x_k log p_k - log x_k!). */
  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const inside = logicalAnd(all(isCount(x), -1), equal(sum(x, -1), this.totalCount));
      const counts = where(expandDims(inside, -1), cast(x, "float32"), 0);
      const terms = sub(weighted(counts, normalisedLogits(this.categories)), logGamma(add(counts, 1)));
      return where(inside, add(sum(terms, -1), float64.logFactorial(this.totalCount)), -Infinity);
    });
  }

  /** n p. */
  mean(): Tensor {
    return tidy(() => mul(this.totalCount, exp(normalisedLogits(this.categories))));
  }

  /** n p (1 - p). */
  variance(): Tensor {
    return tidy(() => {
      const probabilities = exp(normalisedLogits(this.categories));
      return mul(this.totalCount, mul(probabilities, sub(1, probabilities)));
    });
  }

  /** n Σ p log(p / q), for the same n. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Multinomial>(this, other) || this.totalCount !== other.totalCount) return undefined;
    return tidy(() =>
      mul(
        this.totalCount,
        categoryDivergence(normalisedLogits(this.categories), normalisedLogits(other.categories)),
      ),
    );
  }
}

/** The float64 form of `Multinomial`. */
export function multinomial64(
  parameters: MultinomialParameters<CategoryProbabilities64>,
): Float64VectorDistribution {
  const { totalCount } = parameters;
  requireCount("Multinomial", totalCount);
  const logits = normalisedLogits64(parameters);
  const probabilities = logits.map(Math.exp);
  return {
    logProb: (x) => {
      const total = x.reduce((sum, count) => sum + count, 0);
      if (x.length !== logits.length || !x.every(isCount64) || total !== totalCount) return -Infinity;
      return x.reduce(
        (sum, count, k) => sum + weighted64(count, logits[k]!) - float64.logFactorial(count),
        float64.logFactorial(totalCount),
      );
    },
    mean: () => probabilities.map((p) => totalCount * p),
    variance: () => probabilities.map((p) => totalCount * p * (1 - p)),
  };
}
