import type { Tensor } from "@tensorflow/tfjs-core";
import { add, log, log1p, neg, sigmoid, sub } from "../backend/engine.js";
import { logSigmoid } from "../math/index.js";
import { draw, gumbels } from "../random/index.js";
import type { Key } from "../random/index.js";
import { LocationScale } from "./location-scale.js";
import type { LocationScaleParameters } from "./location-scale.js";
import { requireFinite, requirePositive, sizeOf } from "./shapes.js";
import type { Float64Distribution, HasMean, HasVariance } from "./types.js";

const STANDARD_ENTROPY = 2;
const STANDARD_VARIANCE = Math.PI ** 2 / 3;

/**
 * The logistic distribution: p(x) = exp(-z) / (scale (1 + exp(-z))²), z = (x - loc) / scale.
 *
 * Events are scalars; the batch shape is that of `loc` and `scale`, broadcast. Samples are reparameterised.
 * Throws `InputError` for a scale that is a number and not positive.
 */
export class Logistic extends LocationScale implements HasMean, HasVariance {
  readonly family = "Logistic";

  constructor(parameters: LocationScaleParameters) {
    super("Logistic", parameters);
  }

  mean(): Tensor {
    return this.locationOf(0);
  }

  variance(): Tensor {
    return this.varianceOf(STANDARD_VARIANCE);
  }

  protected standardEntropy(): number {
    return STANDARD_ENTROPY;
  }

  /** The difference of two Gumbel numbers. */
  protected standardSample(key: Key, shape: readonly number[]): Tensor {
    return draw(key, "logistic", shape, (from) => {
      const [first, second] = from.split(2);
      const subtrahends = gumbels(second, sizeOf(shape));
      return gumbels(first, sizeOf(shape)).map((value, i) => value - subtrahends[i]!);
    });
  }

  /** log σ(z) + log σ(-z). */
  protected standardLogProb(z: Tensor): Tensor {
    return add(logSigmoid(z), logSigmoid(neg(z)));
  }

  protected standardCdf(z: Tensor): Tensor {
    return sigmoid(z);
  }

  protected standardQuantile(p: Tensor): Tensor {
    return sub(log(p), log1p(neg(p)));
  }
}

/** The float64 form of `Logistic`. Throws `InputError` unless the scale is positive. */
export function logistic64({ loc, scale }: LocationScaleParameters<number>): Required<Float64Distribution> {
  requireFinite("Logistic", { loc });
  requirePositive("Logistic", { scale });
  const constant = -Math.log(scale);
  return {
    logProb: (x) => {
      const distance = Math.abs(x - loc) / scale;
      return constant - distance - 2 * Math.log1p(Math.exp(-distance));
    },
    cdf: (x) => 1 / (1 + Math.exp(-(x - loc) / scale)),
    quantile: (p) => loc + scale * (Math.log(p) - Math.log1p(-p)),
    mean: () => loc,
    variance: () => STANDARD_VARIANCE * scale * scale,
    entropy: () => STANDARD_ENTROPY + Math.log(scale),
  };
}
