import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, log, mul, square, sub, tidy } from "../backend/engine.js";
import { float64, normalCdf, normalQuantile } from "../math/index.js";
import { normal } from "../random/index.js";
import type { Key } from "../random/index.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import { LocationScale } from "./location-scale.js";
import type { LocationScaleParameters } from "./location-scale.js";
import { sameFamily } from "./same-family.js";
import { requireFinite, requirePositive } from "./shapes.js";
import type { Distribution, Float64Distribution, HasMean, HasVariance } from "./types.js";

const STANDARD_ENTROPY = 0.5 + HALF_LOG_TWO_PI;

/**
 * The normal distribution: p(x) = exp(-z² / 2) / (scale √(2π)), z = (x - loc) / scale.
 *
 * Events are scalars; the batch shape is that of `loc` and `scale`, broadcast. Samples are reparameterised.
 * Throws `InputError` for a scale that is a number and not positive.
 */
export class Normal extends LocationScale implements HasMean, HasVariance {
  readonly family = "Normal";

  constructor(parameters: LocationScaleParameters) {
    super("Normal", parameters);
  }

  mean(): Tensor {
    return this.locationOf(0);
  }

  variance(): Tensor {
    return this.varianceOf(1);
  }

  /** log(s₂ / s₁) + (s₁² + (m₁ - m₂)²) / (2 s₂²) - 1/2. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Normal>(this, other)) return undefined;
    return tidy(() => {
      const ratio = div(this.scale, other.scale);
      const distance = div(sub(this.loc, other.loc), other.scale);
      return sub(mul(0.5, add(sub(square(ratio), 1), square(distance))), log(ratio));
    });
  }

  protected standardEntropy(): number {
    return STANDARD_ENTROPY;
  }

  protected standardSample(key: Key, shape: readonly number[]): Tensor {
    return normal(key, shape);
  }

  protected standardLogProb(z: Tensor): Tensor {
    return sub(mul(-0.5, square(z)), HALF_LOG_TWO_PI);
  }

  protected standardCdf(z: Tensor): Tensor {
    return normalCdf(z);
  }

  protected standardQuantile(p: Tensor): Tensor {
    return normalQuantile(p);
  }
}

/** The float64 form of `Normal`. Throws `InputError` unless the scale is positive. */
export function normal64({ loc, scale }: LocationScaleParameters<number>): Required<Float64Distribution> {
  requireFinite("Normal", { loc });
  requirePositive("Normal", { scale });
  const constant = -Math.log(scale) - HALF_LOG_TWO_PI;
  return {
    logProb: (x) => constant - 0.5 * ((x - loc) / scale) ** 2,
    cdf: (x) => float64.normalCdf((x - loc) / scale),
    quantile: (p) => loc + scale * float64.normalQuantile(p),
    mean: () => loc,
    variance: () => scale * scale,
    entropy: () => STANDARD_ENTROPY + Math.log(scale),
  };
}
