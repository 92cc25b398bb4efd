import type { Tensor } from "@tensorflow/tfjs-core";
import { add, exp, expm1, greater, log, mul, square, sub, tidy, where } from "../backend/engine.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import type { LocationScaleParameters } from "./location-scale.js";
import { Normal, normal64 } from "./normal.js";
import { sameFamily } from "./same-family.js";
import { expand, outsideSupport } from "./shapes.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

/**
 * The log-normal distribution, exp(Y) of a normal Y: p(x) = exp(-z² / 2) / (x scale √(2π)), z = (log x - loc) / scale,
 * x > 0.
 *
 * Events are scalars; the batch shape is that of `loc` and `scale`, broadcast. Samples are reparameterised.
 * Throws `InputError` for a scale that is a number and not positive.
 */
export class LogNormal
  implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile
{
  readonly family = "LogNormal";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  /** The distribution of log x. */
  readonly base: Normal;

  constructor(parameters: LocationScaleParameters) {
    this.base = new Normal(parameters);
    this.batchShape = this.base.batchShape;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => exp(this.base.sample(key, shape)));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, greater(x, 0), 1, (safe) => {
        const logX = log(safe);
        return sub(this.base.logProb(logX), logX);
      }),
    );
  }

  cdf(x: Tensor): Tensor {
    return tidy(() => {
      const positive = greater(x, 0);
      return where(positive, this.base.cdf(log(where(positive, x, 1))), 0);
    });
  }

  quantile(p: Tensor): Tensor {
    return tidy(() => exp(this.base.quantile(p)));
  }

  /** exp(loc + scale² / 2). */
  mean(): Tensor {
    return tidy(() => expand(exp(add(this.base.loc, mul(0.5, square(this.base.scale)))), this.batchShape));
  }

  /** (exp(scale²) - 1) exp(2 loc + scale²). */
  variance(): Tensor {
    return tidy(() => mul(expm1(square(this.base.scale)), square(this.mean())));
  }

  /** exp(loc - scale²). */
  mode(): Tensor {
    return tidy(() => expand(exp(sub(this.base.loc, square(this.base.scale))), this.batchShape));
  }

  /** The normal's entropy plus loc. */
  entropy(): Tensor {
    return tidy(() => add(this.base.entropy(), this.base.loc));
  }

  /** That of the normal distributions of log x. */
  klTo(other: Distribution): Tensor | undefined {
    return sameFamily<LogNormal>(this, other) ? this.base.klTo(other.base) : undefined;
  }
}

/** The float64 form of `LogNormal`. Throws `InputError` unless the scale is positive. */
export function logNormal64(parameters: LocationScaleParameters<number>): Required<Float64Distribution> {
  const { loc, scale } = parameters;
  const base = normal64(parameters);
  const mean = Math.exp(loc + 0.5 * scale * scale);
  return {
    logProb: (x) => (x > 0 ? base.logProb(Math.log(x)) - Math.log(x) : -Infinity),
    cdf: (x) => (x > 0 ? base.cdf(Math.log(x)) : 0),
    quantile: (p) => Math.exp(base.quantile(p)),
    mean: () => mean,
    variance: () => Math.expm1(scale * scale) * mean * mean,
    entropy: () => 0.5 + HALF_LOG_TWO_PI + Math.log(scale) + loc,
  };
}
