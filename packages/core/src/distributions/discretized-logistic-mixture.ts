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

const byteLevels = 256;

/** The mixture's weights, and each component's logistic distribution over v in [-1, 1]; components on the last axis. */
export type DiscretizedLogisticMixtureParameters<P = Parameter, C = CategoryProbabilities> = {
  readonly loc: P;
  /** Positive. */
  readonly scale: P;
  /** How many levels there are, at least 2; 256 unless given. */
  readonly levels?: number;
} & C;

/**
 * A level x of 0, …, L - 1, as of a pixel of 8 bits, as a mixture of logistic distributions over v = 2 x / (L - 1) - 1,
 * cut into bins of half width h = 1 / (L - 1):
 * p(x) = Σ_j w_j [σ((v + h - loc_j) / scale_j) - σ((v - h - loc_j) / scale_j)], where the first and the last bin take
 * the tails.
 *
 * Events are scalars, samples int32. Throws `InputError` when the components don't fit, and for fewer than 2 levels.
 * Source: T. Salimans, A. Karpathy, X. Chen, D. P. Kingma, arXiv:1701.05517 (2017).
 */
export class DiscretizedLogisticMixture implements Discrete, HasMode {
  readonly family = "DiscretizedLogisticMixture";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  private readonly shape: Shape;
  private readonly bins: Bins;

  constructor(readonly parameters: DiscretizedLogisticMixtureParameters) {
    const { shape } = requireCategories("DiscretizedLogisticMixture", parameters);
    const { loc, scale, levels } = parameters;
    this.bins = binsOf(levels);
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

  /** Log-probabilities of all levels [...batch, levels]: a new tensor at each reading, the reader's. */
  get logits(): Tensor {
    return tidy(() => {
      const [logits, loc, scale] = this.components().map((values) => expandDims(values, -2));
      const levels = expandDims(range(0, this.bins.levels), -1);
      return logSumExp(add(logMass(levels, { bins: this.bins, loc: loc!, scale: scale! }), logits!), -1);
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
      const { halfRange, levels } = this.bins;
      return cast(clipByValue(round(mul(add(value, 1), halfRange)), 0, levels - 1), "int32");
    });
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const [logits, loc, scale] = this.components();
      const { bins } = this;
      return outsideSupport(x, logicalAnd(isCount(x), lessEqual(x, bins.levels - 1)), 0, (level) =>
        logSumExp(add(logMass(expandDims(level, -1), { bins, loc: loc!, scale: scale! }), logits!), -1),
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

/** Bins of [-1, 1]: the first and the last are centred at its ends. */
interface Bins {
  readonly levels: number;
  readonly halfRange: number;
  readonly halfBin: number;
}

function binsOf(levels = byteLevels): Bins {
  if (!Number.isInteger(levels) || levels < 2)
    throw new InputError(
      `DiscretizedLogisticMixture: levels must be a whole number of at least 2, not ${levels}.`,
    );
  return { levels, halfRange: (levels - 1) / 2, halfBin: 1 / (levels - 1) };
}

interface Logistics {
  readonly bins: Bins;
  readonly loc: Tensor;
  readonly scale: Tensor;
}

/**
 * log [σ(a) - σ(b)] = log σ(a) + log σ(-b) + log(1 - exp(b - a)), a and b the bin's ends in the logistic's units:
 * exact in both tails.
 */
function logMass(level: Tensor, { bins: { levels, halfRange, halfBin }, loc, scale }: Logistics): Tensor {
  const center = sub(sub(div(level, halfRange), 1), loc);
  const below = logSigmoid(div(add(center, halfBin), scale));
  const above = logSigmoid(neg(div(sub(center, halfBin), scale)));
  const inner = add(add(below, above), log1mexp(div(2 * halfBin, scale)));
  return where(equal(level, 0), below, where(equal(level, levels - 1), above, inner));
}

/** The float64 form of `DiscretizedLogisticMixture`. */
export function discretizedLogisticMixture64(
  parameters: DiscretizedLogisticMixtureParameters<ArrayLike<number>, CategoryProbabilities64>,
): Float64Distribution {
  const { loc, scale } = parameters;
  const { levels, halfRange, halfBin } = binsOf(parameters.levels);
  const logits = normalisedLogits64(parameters);
  const logMass64 = (x: number, k: number): number => {
    const center = x / halfRange - 1 - loc[k]!;
    const below = float64.logSigmoid((center + halfBin) / scale[k]!);
    const above = float64.logSigmoid((halfBin - center) / scale[k]!);
    if (x === 0) return below;
    return x === levels - 1 ? above : below + above + float64.log1mexp((2 * halfBin) / scale[k]!);
  };
  return {
    logProb: (x) =>
      isCount64(x) && x < levels
        ? float64.logSumExp(logits.map((logit, k) => logit + logMass64(x, k)))
        : -Infinity,
  };
}
