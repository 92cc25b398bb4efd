import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  cast,
  div,
  expm1,
  floor,
  greaterEqual,
  mul,
  neg,
  square,
  tidy,
  where,
  zeros,
} from "../backend/engine.js";
import { exponential } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { isCount, isCount64, weighted, weighted64 } from "./counting.js";
import { sameFamily } from "./same-family.js";
import { outsideSupport, sampleShape, shapeOf } from "./shapes.js";
import {
  failureProbability,
  logFailure,
  logSuccess,
  requireSuccess,
  success64,
  successDivergence,
  successEntropy,
  successProbability,
} from "./success-probability.js";
import type { SuccessProbability } from "./success-probability.js";
import type {
  Distribution,
  Float64Distribution,
  HasCdf,
  HasEntropy,
  HasMean,
  HasMode,
  HasVariance,
} from "./types.js";

/**
 * The number of failures before the first success: p(x) = (1 - p)^x p, x = 0, 1, 2, …
 *
 * Events are scalars, samples float32. Throws `InputError` unless exactly one of `probs` and `logits` is given, and
 * when a number is no probability.
 */
export class Geometric implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf {
  readonly family = "Geometric";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];

  constructor(readonly success: SuccessProbability) {
    this.batchShape = shapeOf(requireSuccess("Geometric", success));
  }

  /** The whole part of an exponential number of rate -log(1 - p). */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const waiting = exponential(key, sampleShape(shape, this.batchShape));
      return floor(div(waiting, neg(logFailure(this.success))));
    });
  }

  /** x log(1 - p) + log p. */
  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, isCount(x), 0, (count) =>
        add(weighted(count, logFailure(this.success)), logSuccess(this.success)),
      ),
    );
  }

  /** 1 - (1 - p)^(⌊x⌋ + 1). */
  cdf(x: Tensor): Tensor {
    return tidy(() => {
      const inside = greaterEqual(x, 0);
      const trials = add(floor(where(inside, cast(x, "float32"), 0)), 1);
      return where(inside, neg(expm1(mul(trials, logFailure(this.success)))), 0);
    });
  }

  /** (1 - p) / p. */
  mean(): Tensor {
    return tidy(() => div(failureProbability(this.success), successProbability(this.success)));
  }

  /** (1 - p) / p². */
  variance(): Tensor {
    return tidy(() => div(failureProbability(this.success), square(successProbability(this.success))));
  }

  /** 0. */
  mode(): Tensor {
    return zeros([...this.batchShape]);
  }

  /** One trial's entropy over p. */
  entropy(): Tensor {
    return tidy(() => div(successEntropy(this.success), successProbability(this.success)));
  }

  /** One trial's divergence over p. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Geometric>(this, other)) return undefined;
    return tidy(() => div(successDivergence(this.success, other.success), successProbability(this.success)));
  }
}

/** The float64 form of `Geometric`. */
export function geometric64(success: SuccessProbability<number>): Float64Distribution {
  requireSuccess("Geometric", success);
  const { p, q, logP, logQ } = success64(success);
  return {
    logProb: (x) => (isCount64(x) ? weighted64(x, logQ) + logP : -Infinity),
    cdf: (x) => (x >= 0 ? -Math.expm1((Math.floor(x) + 1) * logQ) : 0),
    mean: () => q / p,
    variance: () => q / (p * p),
    entropy: () => (-weighted64(p, logP) - weighted64(q, logQ)) / p,
  };
}
