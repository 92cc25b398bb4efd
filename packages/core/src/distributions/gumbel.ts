import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, exp, log, mul, neg, sub, tidy } from "../backend/engine.js";
import { logGamma } from "../math/index.js";
import { gumbel } from "../random/index.js";
import type { Key } from "../random/index.js";
import { EULER_GAMMA } from "./constants.js";
import { LocationScale } from "./location-scale.js";
import type { LocationScaleParameters } from "./location-scale.js";
import { sameFamily } from "./same-family.js";
import { requireFinite, requirePositive } from "./shapes.js";
import type { Distribution, Float64Distribution, HasMean, HasVariance } from "./types.js";

const STANDARD_ENTROPY = 1 + EULER_GAMMA;
const STANDARD_VARIANCE = Math.PI ** 2 / 6;

/**
 * The Gumbel distribution of maxima: p(x) = exp(-z - exp(-z)) / scale, z = (x - loc) / scale.
 *
 * Events are scalars; the batch shape is that of `loc` and `scale`, broadcast. Samples are reparameterised.
 * Throws `InputError` for a scale that is a number and not positive.
 */
export class Gumbel extends LocationScale implements HasMean, HasVariance {
  readonly family = "Gumbel";

  constructor(parameters: LocationScaleParameters) {
    super("Gumbel", parameters);
  }

  mean(): Tensor {
    return this.locationOf(EULER_GAMMA);
  }

  variance(): Tensor {
    return this.varianceOf(STANDARD_VARIANCE);
  }

  /** d + γ (r - 1) - log r + exp(log Γ(1 + r) - d) - 1, r = s₁ / s₂, d = (m₁ - m₂) / s₂. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Gumbel>(this, other)) return undefined;
    return tidy(() => {
      const ratio = div(this.scale, other.scale);
      const distance = div(sub(this.loc, other.loc), other.scale);
      const tail = sub(exp(sub(logGamma(add(1, ratio)), distance)), 1);
      return add(add(distance, tail), sub(mul(EULER_GAMMA, sub(ratio, 1)), log(ratio)));
    });
  }

  protected standardEntropy(): number {
    return STANDARD_ENTROPY;
  }

  protected standardSample(key: Key, shape: readonly number[]): Tensor {
    return gumbel(key, shape);
  }

  protected standardLogProb(z: Tensor): Tensor {
    return neg(add(z, exp(neg(z))));
  }

  protected standardCdf(z: Tensor): Tensor {
    return exp(neg(exp(neg(z))));
  }

  protected standardQuantile(p: Tensor): Tensor {
    return neg(log(neg(log(p))));
  }
}

/** The float64 form of `Gumbel`. Throws `InputError` unless the scale is positive. */
export function gumbel64({ loc, scale }: LocationScaleParameters<number>): Required<Float64Distribution> {
  requireFinite("Gumbel", { loc });
  requirePositive("Gumbel", { scale });
  const constant = -Math.log(scale);
  return {
    logProb: (x) => {
      const z = (x - loc) / scale;
      return constant - z - Math.exp(-z);
    },
    cdf: (x) => Math.exp(-Math.exp(-(x - loc) / scale)),
    quantile: (p) => loc - scale * Math.log(-Math.log(p)),
    mean: () => loc + scale * EULER_GAMMA,
    variance: () => STANDARD_VARIANCE * scale * scale,
    entropy: () => STANDARD_ENTROPY + Math.log(scale),
  };
}
