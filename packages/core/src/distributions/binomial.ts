import type { Tensor } from "@tensorflow/tfjs-core";
import { add, floor, lessEqual, logicalAnd, minimum, mul, sub, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { elementwise } from "../math/elementwise.js";
import { float64 } from "../math/index.js";
import { binomials, draw } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { countEntropy64, isCount, isCount64, logChoose, weighted, weighted64 } from "./counting.js";
import { numbers64 } from "./numbers64.js";
import { sameFamily } from "./same-family.js";
import { batchShapeOf, expand, outsideSupport, parameter, sampleShape } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import {
  failureProbability,
  logFailure,
  logSuccess,
  requireSuccess,
  success64,
  successDivergence,
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

/** A number of trials n = 0, 1, 2, … and each one's chance of success. */
export type BinomialParameters<P = Parameter> = { readonly totalCount: P } & SuccessProbability<P>;

/**
 * The number of successes in n trials: p(x) = n! / (x! (n - x)!) p^x (1 - p)^(n - x), x = 0, …, n.
 *
 * Events are scalars, samples float32. Throws `InputError` when n is a number and not a count, unless exactly one of
 * `probs` and `logits` is given, and when a number is no probability.
 */
export class Binomial implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf {
  readonly family = "Binomial";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly totalCount: Parameter;

  constructor(readonly success: BinomialParameters) {
    requireCount("Binomial", success.totalCount);
    this.totalCount = success.totalCount;
    this.batchShape = batchShapeOf(success.totalCount, requireSuccess("Binomial", success));
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const full = sampleShape(shape, this.batchShape);
      const trials = numbers64(this.totalCount, full);
      const probabilities = numbers64(successProbability(this.success), full);
      return draw(key, "binomial", full, (from) => binomials(from, trials, probabilities, trials.length));
    });
  }

  /** log(n! / (x! (n - x)!)) + x log p + (n - x) log(1 - p). */
  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, logicalAnd(isCount(x), lessEqual(x, this.totalCount)), 0, (count) =>
        add(
          logChoose(this.totalCount, count),
          add(
            weighted(count, logSuccess(this.success)),
            weighted(sub(this.totalCount, count), logFailure(this.success)),
          ),
        ),
      ),
    );
  }

  /** I(1 - p; n - ⌊x⌋, ⌊x⌋ + 1), the regularised incomplete beta function; without gradient. */
  cdf(x: Tensor): Tensor {
    return tidy(() => elementwise(cdf64, x, parameter(this.totalCount), failureProbability(this.success)));
  }

  /** n p. */
  mean(): Tensor {
    return tidy(() => mul(this.totalCount, successProbability(this.success)));
  }

  /** n p (1 - p). */
  variance(): Tensor {
    return tidy(() => mul(this.mean(), failureProbability(this.success)));
  }

  /** ⌊(n + 1) p⌋, at most n. */
  mode(): Tensor {
    return tidy(() => {
      const highest = floor(mul(add(this.totalCount, 1), successProbability(this.success)));
      return expand(minimum(highest, this.totalCount), this.batchShape);
    });
  }

  /** -Σ p log p, summed in float64; without gradient. */
  entropy(): Tensor {
    return tidy(() => elementwise(entropy64, parameter(this.totalCount), successProbability(this.success)));
  }

  /** n times the divergence of one trial, for the same n (the same number or tensor). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Binomial>(this, other) || this.totalCount !== other.totalCount) return undefined;
    return tidy(() => mul(this.totalCount, successDivergence(this.success, other.success)));
  }
}

/** Throws `InputError` when a number of trials given as a number is not one of 0, 1, 2, … */
export function requireCount(family: string, totalCount: Parameter): void {
  if (typeof totalCount === "number" && !isCount64(totalCount)) {
    throw new InputError(`${family}: totalCount is ${totalCount}; give an integer of at least 0.`);
  }
}

const cdf64 = (x: number, n: number, failure: number): number =>
  x < 0 ? 0 : x >= n ? 1 : float64.regularizedBeta(n - Math.floor(x), Math.floor(x) + 1, failure);

function entropy64(n: number, p: number): number {
  return binomial64({ totalCount: n, probs: p }).entropy();
}

/** The float64 form of `Binomial`. */
export function binomial64(
  parameters: BinomialParameters<number>,
): Float64Distribution & { entropy(): number } {
  const { totalCount } = parameters;
  requireCount("Binomial", totalCount);
  requireSuccess("Binomial", parameters);
  const { p, q, logP, logQ } = success64(parameters);
  const logProb = (x: number): number =>
    isCount64(x) && x <= totalCount
      ? float64.logChoose(totalCount, x) + weighted64(x, logP) + weighted64(totalCount - x, logQ)
      : -Infinity;
  return {
    logProb,
    cdf: (x) => cdf64(x, totalCount, q),
    mean: () => totalCount * p,
    variance: () => totalCount * p * q,
    entropy: () => countEntropy64(logProb, Math.min(Math.floor((totalCount + 1) * p), totalCount)),
  };
}
