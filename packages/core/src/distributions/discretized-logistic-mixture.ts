import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  argMax,
  cast,
  clipByValue,
  div,
  equal,
  expandDims,
  lessEqual,
  logicalAnd,
  mul,
  neg,
  range,
  round,
  sub,
  tidy,
  where,
} from "../backend/engine.js";
import { float64, log1mexp, logSigmoid, logSumExp } from "../math/index.js";
import { categorical, gumbel } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import {
  isCategory,
  normalisedLogits,
  normalisedLogits64,
  requireCategories,
  sumWhere,
} from "./category-probabilities.js";
import type { CategoryProbabilities, CategoryProbabilities64 } from "./category-probabilities.js";
import { isCount, isCount64 } from "./counting.js";
import { InputError } from "../errors.js";
import {
  broadcastShapes,
  expand,
  outsideSupport,
  requireFinite,
  requirePositive,
  sampleShape,
  shapeOf,
} from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type { Discrete, Float64Distribution, HasMode } from "./types.js";

const LEVELS = 256;
const HALF_RANGE = (LEVELS - 1) / 2;
const HALF_BIN = 1 / (LEVELS - 1);

/** The mixture's weights, and each component's logistic distribution over v in [-1, 1]; components on the last axis. */
export type DiscretizedLogisticMixtureParameters<P = Parameter, C = CategoryProbabilities> = {
  readonly loc: P;
  /** Positive. */
  readonly scale: P;
} & C;

/**
 * A level x of 0, …, 255 as a mixture of logistic distributions over v = x / 127.5 - 1, cut into bins:
 * p(x) = Σ_j w_j [σ((v + 1/255 - loc_j) / scale_j) - σ((v - 1/255 - loc_j) / scale_j)], where the first and the last
 * bin take the tails.
 *
 * Events are scalars, samples int32. Throws `InputError` when the components don't fit.
 * Source: T. Salimans, A. Karpathy, X. Chen, D. P. Kingma, arXiv:1701.05517 (2017).
 */
export class DiscretizedLogisticMixture implements Discrete, HasMode {
  readonly family = "DiscretizedLogisticMixture";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  private readonly shape: Shape;

  constructor(readonly parameters: DiscretizedLogisticMixtureParameters) {
    const { shape } = requireCategories("DiscretizedLogisticMixture", parameters);
    const { loc, scale } = parameters;
    requireFinite("DiscretizedLogisticMixture", { loc });
    requirePositive("DiscretizedLogisticMixture", { scale });
    this.shape = broadcastShapes(shape, shapeOf(loc), shapeOf(scale));
    if (this.shape.at(-1) !== shape.at(-1)) {
      throw new InputError(
        `DiscretizedLogisticMixture: there are ${shape.at(-1)!} weights for ${this.shape.at(-1)!} components; give as many.`,
      );
    }
    this.batchShape = this.shape.slice(0, -1);
  }

  /** Log-probabilities of all levels [...batch, 256]: a new tensor at each reading, the reader's. */
  get logits(): Tensor {
    return tidy(() => {
      const [logits, loc, scale] = this.components().map((values) => expandDims(values, -2));
      const levels = expandDims(range(0, LEVELS), -1);
      return logSumExp(add(logMass(levels, loc!, scale!), logits!), -1);
    });
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const [choiceKey, firstKey, secondKey] = key.split(3);
      const [logits, loc, scale] = this.components();
      const chosen = isCategory(categorical(choiceKey, logits!, shape), this.shape.at(-1)!);
      const full = sampleShape(shape, this.batchShape);
      // The difference of two standard Gumbel numbers is standard logistic.
      const noise = sub(gumbel(firstKey, full), gumbel(secondKey, full));
      const value = add(sumWhere(chosen, loc!), mul(sumWhere(chosen, scale!), noise));
      return cast(clipByValue(round(mul(add(value, 1), HALF_RANGE)), 0, LEVELS - 1), "int32");
    });
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const [logits, loc, scale] = this.components();
      return outsideSupport(x, logicalAnd(isCount(x), lessEqual(x, LEVELS - 1)), 0, (level) =>
        logSumExp(add(logMass(expandDims(level, -1), loc!, scale!), logits!), -1),
      );
    });
  }

  /** The most probable level, int32. */
  mode(): Tensor {
    return tidy(() => argMax(this.logits, -1));
  }

  /** Log-weights, locations and scales, each [...batch, components]. */
  private components(): Tensor[] {
    const { loc, scale } = this.parameters;
    return [normalisedLogits(this.parameters), loc, scale].map((values) => expand(values, this.shape));
  }
}

/**
 * log [σ(a) - σ(b)] = log σ(a) + log σ(-b) + log(1 - exp(b - a)), a and b the bin's ends in the logistic's units:
 * exact in both tails.
 */
function logMass(level: Tensor, loc: Tensor, scale: Tensor): Tensor {
  const center = sub(sub(div(level, HALF_RANGE), 1), loc);
  const below = logSigmoid(div(add(center, HALF_BIN), scale));
  const above = logSigmoid(neg(div(sub(center, HALF_BIN), scale)));
  const inner = add(add(below, above), log1mexp(div(2 * HALF_BIN, scale)));
  return where(equal(level, 0), below, where(equal(level, LEVELS - 1), above, inner));
}

/** The float64 form of `DiscretizedLogisticMixture`. */
export function discretizedLogisticMixture64(
  parameters: DiscretizedLogisticMixtureParameters<ArrayLike<number>, CategoryProbabilities64>,
): Float64Distribution {
  const { loc, scale } = parameters;
  const logits = normalisedLogits64(parameters);
  const logMass64 = (x: number, k: number): number => {
    const center = x / HALF_RANGE - 1 - loc[k]!;
    const below = float64.logSigmoid((center + HALF_BIN) / scale[k]!);
    const above = float64.logSigmoid((HALF_BIN - center) / scale[k]!);
    if (x === 0) return below;
    return x === LEVELS - 1 ? above : below + above + float64.log1mexp((2 * HALF_BIN) / scale[k]!);
  };
  return {
    logProb: (x) =>
      isCount64(x) && x < LEVELS
        ? float64.logSumExp(logits.map((logit, k) => logit + logMass64(x, k)))
        : -Infinity,
  };
}
