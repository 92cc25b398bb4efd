import type { Tensor } from "@tensorflow/tfjs-core";
import { any, argMax, greater, logicalAnd, tidy, where } from "../backend/engine.js";
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
import type { Discrete, Distribution, Float64Distribution, HasEntropy, HasMode } from "./types.js";

/**
 * One of the categories 0, …, levels - 1, whose probabilities are softmax(`logits`) or `probs` over their sum, on the
 * last axis.
 *
 * Events are scalars; the batch shape is the parameter's without its last axis; samples are int32. Throws `InputError`
 * unless exactly one parameter is given, with at least one category.
 */
export class Categorical implements Discrete, HasMode, HasEntropy {
  readonly family = "Categorical";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly levels: number;

  constructor(readonly categories: CategoryProbabilities) {
    const { shape } = requireCategories("Categorical", categories);
    this.batchShape = shape.slice(0, -1);
    this.levels = shape.at(-1)!;
  }

  /** Normalised log-probabilities [...batch, levels]: a new tensor at each reading, the reader's. */
  get logits(): Tensor {
    return tidy(() => normalisedLogits(this.categories));
  }

  /** By the Gumbel-max trick. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => categorical(key, this.logits, shape));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const { logits } = this;
      const possible = logicalAnd(isCategory(x, this.levels), greater(logits, -Infinity));
      return where(any(possible, -1), sumWhere(possible, logits), -Infinity);
    });
  }

  /** The most probable category, int32. */
  mode(): Tensor {
    return tidy(() => argMax(this.logits, -1));
  }

  /** -Σ p log p. */
  entropy(): Tensor {
    return tidy(() => categoryEntropy(this.logits));
  }

  /** Σ p log(p / q). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Categorical>(this, other)) return undefined;
    return tidy(() => categoryDivergence(this.logits, other.logits));
  }
}

/** The float64 form of `Categorical`. */
export function categorical64(categories: CategoryProbabilities64): Float64Distribution {
  const logits = normalisedLogits64(categories);
  return {
    logProb: (x) => logits[x] ?? -Infinity,
    entropy: () => categoryEntropy64(logits),
  };
}
