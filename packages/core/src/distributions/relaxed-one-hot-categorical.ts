import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  all,
  div,
  expandDims,
  greater,
  log,
  logicalAnd,
  maximum,
  mul,
  softmax,
  sub,
  sum,
  tidy,
  where,
} from "../backend/engine.js";
import { float64, logSumExp } from "../math/index.js";
import { gumbel } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { normalisedLogits, normalisedLogits64, requireCategories } from "./category-probabilities.js";
import type { CategoryProbabilities, CategoryProbabilities64 } from "./category-probabilities.js";
import { broadcastShapes, requirePositive, sampleShape, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import { SMALLEST_PART, sumsToOne, sumsToOne64 } from "./simplex.js";
import type { Distribution, Float64VectorDistribution } from "./types.js";

/** A positive temperature and the categories' probabilities. */
export type RelaxedOneHotCategoricalParameters<P = Parameter, C = CategoryProbabilities> = {
  readonly temperature: P;
} & C;

/**
 * A one-hot category relaxed to the inside of the simplex: x = softmax((l + g) / t), g standard Gumbel noise, t the
 * `temperature`, l the log-probabilities:
 * p(x) = Γ(k) t^(k - 1) (Σ p_j x_j^-t)^-k Π p_j x_j^(-t - 1).
 *
 * Event shape [k]; samples are reparameterised. Throws `InputError` for a temperature that is a number and not positive,
 * and unless exactly one of `probs` and `logits` is given.
 * Source: C. J. Maddison, A. Mnih, Y. W. Teh, "The Concrete distribution" (2017).
 */
export class RelaxedOneHotCategorical implements Distribution {
  readonly family = "RelaxedOneHotCategorical";
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  readonly temperature: Parameter;

  constructor(readonly categories: RelaxedOneHotCategoricalParameters) {
    const { shape } = requireCategories("RelaxedOneHotCategorical", categories);
    const { temperature } = categories;
    requirePositive("RelaxedOneHotCategorical", { temperature });
    this.temperature = temperature;
    this.batchShape = broadcastShapes(shapeOf(temperature), shape.slice(0, -1));
    this.eventShape = shape.slice(-1);
  }

  /** A part that would be rounded to 0 is float32's smallest normal number. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const noise = gumbel(key, sampleShape(shape, this.batchShape, this.eventShape));
      const logits = add(normalisedLogits(this.categories), noise);
      return maximum(softmax(div(logits, this.perCategory()), -1), SMALLEST_PART);
    });
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const count = this.eventShape[0]!;
      const inside = logicalAnd(all(greater(x, 0), -1), sumsToOne(x));
      const logX = log(where(expandDims(inside, -1), x, 1 / count));
      const scores = sub(normalisedLogits(this.categories), mul(this.perCategory(), logX));
      const scale = add(mul(count - 1, log(this.temperature)), float64.logGamma(count));
      const terms = sub(sum(sub(scores, logX), -1), mul(count, logSumExp(scores, -1)));
      return where(inside, add(scale, terms), -Infinity);
    });
  }

  /** The temperature with an axis for the categories. */
  private perCategory(): Parameter {
    return typeof this.temperature === "number" ? this.temperature : expandDims(this.temperature, -1);
  }
}

/** The float64 form of `RelaxedOneHotCategorical`. */
export function relaxedOneHotCategorical64(
  parameters: RelaxedOneHotCategoricalParameters<number, CategoryProbabilities64>,
): Float64VectorDistribution {
  const { temperature } = parameters;
  requirePositive("RelaxedOneHotCategorical", { temperature });
  const logits = normalisedLogits64(parameters);
  const count = logits.length;
  const scale = float64.logGamma(count) + (count - 1) * Math.log(temperature);
  return {
    logProb: (x) => {
      if (x.length !== count || !x.every((part) => part > 0) || !sumsToOne64(x)) return -Infinity;
      const scores = logits.map((logit, k) => logit - temperature * Math.log(x[k]!));
      const total = scores.reduce((sum, score, k) => sum + score - Math.log(x[k]!), 0);
      return scale + total - count * float64.logSumExp(scores);
    },
  };
}
