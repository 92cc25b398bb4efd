import type { Tensor } from "@tensorflow/tfjs-core";
import {
  cast,
  equal,
  greater,
  greaterEqual,
  logicalOr,
  mul,
  neg,
  sub,
  tidy,
  where,
} from "../backend/engine.js";
import { logSigmoid } from "../math/index.js";
import { bernoulli } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { logOrMinusInfinity, weighted64 } from "./counting.js";
import { sameFamily } from "./same-family.js";
import { expand, parameter, shapeOf } from "./shapes.js";
import {
  failureProbability,
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
 * One trial: p(1) = p, p(0) = 1 - p, with `probs` p or `logits` log(p / (1 - p)).
 *
 * Events are scalars, samples float32 zeros and ones. Throws `InputError` unless exactly one parameter is given, and
 * when a number is no probability.
 */
export class Bernoulli implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf {
  readonly family = "Bernoulli";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];

  constructor(readonly success: SuccessProbability) {
    this.batchShape = shapeOf(requireSuccess("Bernoulli", success));
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => cast(bernoulli(key, successProbability(this.success), shape), "float32"));
  }

  /** log p where x = 1, log(1 - p) where x = 0. */
  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const one = equal(x, 1);
      const { probs, logits } = this.success;
      const likelihood =
        logits === undefined
          ? logOrMinusInfinity(where(one, parameter(probs), sub(1, probs)))
          : logSigmoid(where(one, parameter(logits), neg(logits)));
      return where(logicalOr(one, equal(x, 0)), likelihood, -Infinity);
    });
  }

  cdf(x: Tensor): Tensor {
    return tidy(() =>
      where(greaterEqual(x, 1), 1, where(greaterEqual(x, 0), failureProbability(this.success), 0)),
    );
  }

  mean(): Tensor {
    return tidy(() => expand(successProbability(this.success), this.batchShape));
  }

  variance(): Tensor {
    return tidy(() => mul(successProbability(this.success), failureProbability(this.success)));
  }

  /** 1 where p > 1/2, else 0. */
  mode(): Tensor {
    return tidy(() =>
      cast(greater(successProbability(this.success), failureProbability(this.success)), "float32"),
    );
  }

  /** -p log p - (1 - p) log(1 - p). */
  entropy(): Tensor {
    return tidy(() => successEntropy(this.success));
  }

  /** p log(p / q) + (1 - p) log((1 - p) / (1 - q)). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Bernoulli>(this, other)) return undefined;
    return tidy(() => successDivergence(this.success, other.success));
  }
}

/** The float64 form of `Bernoulli`. */
export function bernoulli64(success: SuccessProbability<number>): Float64Distribution {
  requireSuccess("Bernoulli", success);
  const { p, q, logP, logQ } = success64(success);
  return {
    logProb: (x) => (x === 1 ? logP : x === 0 ? logQ : -Infinity),
    cdf: (x) => (x >= 1 ? 1 : x >= 0 ? q : 0),
    mean: () => p,
    variance: () => p * q,
    entropy: () => -weighted64(p, logP) - weighted64(q, logQ),
  };
}
