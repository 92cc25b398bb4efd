import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  cast,
  clipByValue,
  div,
  exp,
  expm1,
  greater,
  greaterEqual,
  lessEqual,
  log1p,
  logicalAnd,
  maximum,
  mul,
  neg,
  sub,
  tidy,
  where,
} from "../backend/engine.js";
import { uniform } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { logSinhc, logSinhc64, logSinhcDerivative, logSinhcSecondDerivative, nearZero } from "./log-sinhc.js";
import { sameFamily } from "./same-family.js";
import { outsideSupport, parameter, requireFinite, sampleShape, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type {
  Distribution,
  Float64Distribution,
  HasCdf,
  HasEntropy,
  HasMean,
  HasMode,
  HasQuantile,
  HasVariance,
} from "./types.js";

/**
 * The density p(x) ∝ exp(l x) on [0, 1], l = `logits`: what pixels between black and white need in place of Bernoulli.
 *
 * log p(x) = (x - 1/2) l - log(sinh(l / 2) / (l / 2)), stable near l = 0, where it is uniform. Events are scalars;
 * samples are reparameterised. Throws `InputError` when the logits are given as a number that is not finite.
 * Source: G. Loaiza-Ganem, J. P. Cunningham, "The continuous Bernoulli: fixing a pervasive error in variational
 * autoencoders" (2019).
 */
export class ContinuousBernoulli
  implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile
{
  readonly family = "ContinuousBernoulli";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly logits: Parameter;

  constructor({ logits }: { readonly logits: Parameter }) {
    requireFinite("ContinuousBernoulli", { logits });
    this.logits = logits;
    this.batchShape = shapeOf(logits);
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => this.quantile(uniform(key, sampleShape(shape, this.batchShape))));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const logits = parameter(this.logits);
      const inside = logicalAnd(greaterEqual(x, 0), lessEqual(x, 1));
      return outsideSupport(x, inside, 0.5, (value) => sub(mul(sub(value, 0.5), logits), logSinhc(logits)));
    });
  }

  /** (exp(l x) - 1) / (exp(l) - 1), written so that it doesn't overflow. */
  cdf(x: Tensor): Tensor {
    return tidy(() => {
      const value = clipByValue(x, 0, 1);
      const spread = mul(value, sub(value, 1));
      const series = (l: Tensor): Tensor =>
        add(value, mul(mul(spread, l), add(0.5, mul(sub(mul(2, value), 1), div(l, 12)))));
      const exact = (l: Tensor): Tensor => {
        const decay = neg(abs(l));
        const share = div(expm1(mul(decay, value)), expm1(decay));
        return mul(share, exp(mul(maximum(l, 0), sub(value, 1))));
      };
      return nearZero(parameter(this.logits), 0.01, series, exact);
    });
  }

  /** log(1 + p (exp(l) - 1)) / l, written so that it doesn't overflow. */
  quantile(p: Tensor): Tensor {
    return tidy(() => {
      const spread = mul(p, sub(1, p));
      const series = (l: Tensor): Tensor =>
        add(p, mul(mul(spread, l), add(0.5, mul(sub(1, mul(2, p)), div(l, 6)))));
      const exact = (l: Tensor): Tensor => {
        const rising = greater(l, 0);
        const decay = neg(abs(l));
        const tail = where(rising, sub(1, p), p);
        const value = clipByValue(div(log1p(mul(tail, expm1(decay))), decay), 0, 1);
        return where(rising, sub(1, value), value);
      };
      return nearZero(parameter(this.logits), 0.01, series, exact);
    });
  }

  /** 1 / (1 - exp(-l)) - 1 / l. */
  mean(): Tensor {
    return tidy(() => add(logSinhcDerivative(parameter(this.logits)), 0.5));
  }

  /** 1 / l² - 1 / (2 sinh(l / 2))². */
  variance(): Tensor {
    return tidy(() => logSinhcSecondDerivative(parameter(this.logits)));
  }

  /** 1 where l > 0, else 0. */
  mode(): Tensor {
    return tidy(() => cast(greater(parameter(this.logits), 0), "float32"));
  }

  entropy(): Tensor {
    return tidy(() => {
      const logits = parameter(this.logits);
      return sub(logSinhc(logits), mul(logits, logSinhcDerivative(logits)));
    });
  }

  /** (mean - 1/2) (l - l') - log-normaliser + the partner's. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<ContinuousBernoulli>(this, other)) return undefined;
    return tidy(() => {
      const [logits, otherLogits] = [parameter(this.logits), parameter(other.logits)];
      const linear = mul(logSinhcDerivative(logits), sub(logits, otherLogits));
      return add(linear, sub(logSinhc(otherLogits), logSinhc(logits)));
    });
  }
}

/** The float64 form of `ContinuousBernoulli`. */
export function continuousBernoulli64({
  logits: l,
}: {
  readonly logits: number;
}): Required<Float64Distribution> {
  requireFinite("ContinuousBernoulli", { logits: l });
  const { value, derivative, secondDerivative } = logSinhc64(l);
  const decay = -Math.abs(l);
  const limited = (x: number): number => Math.min(Math.max(x, 0), 1);
  return {
    logProb: (x) => (x >= 0 && x <= 1 ? (x - 0.5) * l - value : -Infinity),
    cdf: (x) => {
      const inside = limited(x);
      if (l === 0) return inside;
      return (Math.expm1(decay * inside) / Math.expm1(decay)) * Math.exp(Math.max(l, 0) * (inside - 1));
    },
    quantile: (p) => {
      if (l === 0) return p;
      const tail = limited(Math.log1p((l > 0 ? 1 - p : p) * Math.expm1(decay)) / decay);
      return l > 0 ? 1 - tail : tail;
    },
    mean: () => derivative + 0.5,
    variance: () => secondDerivative,
    entropy: () => value - l * derivative,
  };
}
