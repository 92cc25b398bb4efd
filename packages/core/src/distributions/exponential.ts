import type { Tensor } from "@tensorflow/tfjs-core";
import {
  div,
  expm1,
  greaterEqual,
  log,
  log1p,
  maximum,
  mul,
  neg,
  square,
  sub,
  tidy,
  zeros,
} from "../backend/engine.js";
import { exponential } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { sameFamily } from "./same-family.js";
import { expand, outsideSupport, requirePositive, sampleShape, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

export interface ExponentialParameters<P = Parameter> {
  /** Positive: one over the mean. */
  readonly rate: P;
}

/**
 * The exponential distribution: p(x) = rate exp(-rate x), x ≥ 0.
 *
 * Events are scalars; the batch shape is that of `rate`. Samples are reparameterised.
 * Throws `InputError` for a rate that is a number and not positive.
 */
export class Exponential
  implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile
{
  readonly family = "Exponential";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly rate: Parameter;

  constructor({ rate }: ExponentialParameters) {
    requirePositive("Exponential", { rate });
    this.batchShape = shapeOf(rate);
    this.rate = rate;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => div(exponential(key, sampleShape(shape, this.batchShape)), this.rate));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, greaterEqual(x, 0), 1, (safe) => sub(log(this.rate), mul(this.rate, safe))),
    );
  }

  cdf(x: Tensor): Tensor {
    return tidy(() => neg(expm1(neg(mul(this.rate, maximum(x, 0))))));
  }

  quantile(p: Tensor): Tensor {
    return tidy(() => neg(div(log1p(neg(p)), this.rate)));
  }

  mean(): Tensor {
    return tidy(() => expand(div(1, this.rate), this.batchShape));
  }

  variance(): Tensor {
    return tidy(() => expand(square(div(1, this.rate)), this.batchShape));
  }

  mode(): Tensor {
    return zeros([...this.batchShape]);
  }

  entropy(): Tensor {
    return tidy(() => expand(sub(1, log(this.rate)), this.batchShape));
  }

  /** r - 1 - log r, r = rate₂ / rate₁. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Exponential>(this, other)) return undefined;
    return tidy(() => {
      const ratio = div(other.rate, this.rate);
      return sub(sub(ratio, 1), log(ratio));
    });
  }
}

/** The float64 form of `Exponential`. Throws `InputError` unless the rate is positive. */
export function exponential64({ rate }: ExponentialParameters<number>): Required<Float64Distribution> {
  requirePositive("Exponential", { rate });
  return {
    logProb: (x) => (x >= 0 ? Math.log(rate) - rate * x : -Infinity),
    cdf: (x) => -Math.expm1(-rate * Math.max(x, 0)),
    quantile: (p) => -Math.log1p(-p) / rate,
    mean: () => 1 / rate,
    variance: () => 1 / (rate * rate),
    entropy: () => 1 - Math.log(rate),
  };
}
