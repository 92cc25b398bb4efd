import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  div,
  greaterEqual,
  log,
  maximum,
  mul,
  neg,
  square,
  sub,
  tidy,
  zeros,
} from "../backend/engine.js";
import { erfinv, float64, normalCdf } from "../math/index.js";
import { normal } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { sameFamily } from "./same-family.js";
import { expand, outsideSupport, requirePositive, sampleShape, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

export interface HalfNormalParameters<P = Parameter> {
  /** Positive. */
  readonly scale: P;
}

const HALF_LOG_HALF_PI = 0.5 * Math.log(Math.PI / 2);
const STANDARD_MEAN = Math.sqrt(2 / Math.PI);
const STANDARD_VARIANCE = 1 - 2 / Math.PI;
const STANDARD_ENTROPY = 0.5 + HALF_LOG_HALF_PI;

/**
 * The half-normal distribution, |X| of a normal X around 0: p(x) = √(2/π) exp(-z² / 2) / scale, z = x / scale ≥ 0.
 *
 * Events are scalars; the batch shape is that of `scale`. Samples are reparameterised.
 * Throws `InputError` for a scale that is a number and not positive.
 */
export class HalfNormal
  implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile
{
  readonly family = "HalfNormal";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly scale: Parameter;

  constructor({ scale }: HalfNormalParameters) {
    requirePositive("HalfNormal", { scale });
    this.batchShape = shapeOf(scale);
    this.scale = scale;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => mul(this.scale, abs(normal(key, sampleShape(shape, this.batchShape)))));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, greaterEqual(x, 0), 1, (safe) =>
        neg(add(mul(0.5, square(div(safe, this.scale))), add(log(this.scale), HALF_LOG_HALF_PI))),
      ),
    );
  }

  /** 1 - 2 Φ(-z). */
  cdf(x: Tensor): Tensor {
    return tidy(() => sub(1, mul(2, normalCdf(neg(div(maximum(x, 0), this.scale))))));
  }

  quantile(p: Tensor): Tensor {
    return tidy(() => mul(this.scale, mul(Math.SQRT2, erfinv(p))));
  }

  mean(): Tensor {
    return tidy(() => expand(mul(this.scale, STANDARD_MEAN), this.batchShape));
  }

  variance(): Tensor {
    return tidy(() => expand(mul(square(this.scale), STANDARD_VARIANCE), this.batchShape));
  }

  mode(): Tensor {
    return zeros([...this.batchShape]);
  }

  entropy(): Tensor {
    return tidy(() => expand(add(log(this.scale), STANDARD_ENTROPY), this.batchShape));
  }

  /** (r² - 1) / 2 - log r, r = s₁ / s₂. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<HalfNormal>(this, other)) return undefined;
    return tidy(() => {
      const ratio = div(this.scale, other.scale);
      return sub(mul(0.5, sub(square(ratio), 1)), log(ratio));
    });
  }
}

/** The float64 form of `HalfNormal`. Throws `InputError` unless the scale is positive. */
export function halfNormal64({ scale }: HalfNormalParameters<number>): Required<Float64Distribution> {
  requirePositive("HalfNormal", { scale });
  const constant = -HALF_LOG_HALF_PI - Math.log(scale);
  return {
    logProb: (x) => (x >= 0 ? constant - 0.5 * (x / scale) ** 2 : -Infinity),
    cdf: (x) => (x > 0 ? float64.erf((x / scale) * Math.SQRT1_2) : 0),
    quantile: (p) => scale * Math.SQRT2 * float64.erfinv(p),
    mean: () => scale * STANDARD_MEAN,
    variance: () => scale * scale * STANDARD_VARIANCE,
    entropy: () => STANDARD_ENTROPY + Math.log(scale),
  };
}
