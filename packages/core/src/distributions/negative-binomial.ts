import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, floor, log, maximum, mul, neg, sub, tidy } from "../backend/engine.js";
import { elementwise } from "../math/elementwise.js";
import { float64, logBeta } from "../math/index.js";
import { draw, gammas, poissons } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { countEntropy64, isCount, isCount64, weighted, weighted64 } from "./counting.js";
import { numbers64 } from "./numbers64.js";
import { sameFamily } from "./same-family.js";
import { batchShapeOf, outsideSupport, parameter, requirePositive, sampleShape } from "./shapes.js";
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

/** A number of failures r > 0, not necessarily whole, and each trial's chance of success. */
export type NegativeBinomialParameters<P = Parameter> = { readonly totalCount: P } & SuccessProbability<P>;

/**
 * The number of successes before the r-th failure: p(x) = Γ(x + r) / (x! Γ(r)) p^x (1 - p)^r, x = 0, 1, 2, …; a
 * Poisson distribution whose rate is Gamma(r, (1 - p) / p).
 *
 * Events are scalars, samples float32. Throws `InputError` when r is a number and not positive, unless exactly one of
 * `probs` and `logits` is given, and when a number is no probability.
 */
export class NegativeBinomial implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf {
  readonly family = "NegativeBinomial";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly totalCount: Parameter;

  constructor(readonly success: NegativeBinomialParameters) {
    const { totalCount } = success;
    requirePositive("NegativeBinomial", { totalCount });
    this.totalCount = totalCount;
    this.batchShape = batchShapeOf(totalCount, requireSuccess("NegativeBinomial", success));
  }

  /** A Poisson number whose rate is a gamma number. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const full = sampleShape(shape, this.batchShape);
      const counts = numbers64(this.totalCount, full);
      const odds = numbers64(this.odds(), full);
      return draw(key, "negative-binomial", full, (from) => {
        const [gammaKey, poissonKey] = from.split(2);
        const rates = gammas(gammaKey, counts, counts.length).map((gamma, i) => gamma * odds[i]!);
        return poissons(poissonKey, rates, rates.length);
      });
    });
  }

  /** -log((x + r) B(r, x + 1)) + x log p + r log(1 - p). */
  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, isCount(x), 0, (count) => {
        const ways = neg(
          add(log(add(count, this.totalCount)), logBeta(parameter(this.totalCount), add(count, 1))),
        );
        const successes = weighted(count, logSuccess(this.success));
        return add(ways, add(successes, mul(this.totalCount, logFailure(this.success))));
      }),
    );
  }

  /** I(1 - p; r, ⌊x⌋ + 1), the regularised incomplete beta function; without gradient. */
  cdf(x: Tensor): Tensor {
    return tidy(() => elementwise(cdf64, x, parameter(this.totalCount), failureProbability(this.success)));
  }

  /** r p / (1 - p). */
  mean(): Tensor {
    return tidy(() => mul(this.totalCount, this.odds()));
  }

  /** r p / (1 - p)². */
  variance(): Tensor {
    return tidy(() => div(this.mean(), failureProbability(this.success)));
  }

  /** ⌊(r - 1) p / (1 - p)⌋, at least 0. */
  mode(): Tensor {
    return tidy(() => floor(mul(maximum(sub(this.totalCount, 1), 0), this.odds())));
  }

  /** -Σ p log p, summed in float64; without gradient. */
  entropy(): Tensor {
    return tidy(() => elementwise(entropy64, parameter(this.totalCount), successProbability(this.success)));
  }

  /** One trial's divergence times r / (1 - p), for the same r (the same number or tensor). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<NegativeBinomial>(this, other) || this.totalCount !== other.totalCount) return undefined;
    return tidy(() => {
      const trials = div(this.totalCount, failureProbability(this.success));
      return mul(trials, successDivergence(this.success, other.success));
    });
  }

  /** p / (1 - p). */
  private odds(): Tensor {
    return div(successProbability(this.success), failureProbability(this.success));
  }
}

const cdf64 = (x: number, r: number, failure: number): number =>
  x < 0 ? 0 : x === Infinity ? 1 : float64.regularizedBeta(r, Math.floor(x) + 1, failure);

function entropy64(r: number, p: number): number {
  return negativeBinomial64({ totalCount: r, probs: p }).entropy();
}

/** The float64 form of `NegativeBinomial`. */
export function negativeBinomial64(
  parameters: NegativeBinomialParameters<number>,
): Float64Distribution & { entropy(): number } {
  const { totalCount: r } = parameters;
  requirePositive("NegativeBinomial", { totalCount: r });
  requireSuccess("NegativeBinomial", parameters);
  const { p, q, logP, logQ } = success64(parameters);
  const logProb = (x: number): number =>
    isCount64(x) ? -Math.log(x + r) - float64.logBeta(r, x + 1) + weighted64(x, logP) + r * logQ : -Infinity;
  return {
    logProb,
    cdf: (x) => cdf64(x, r, q),
    mean: () => (r * p) / q,
    variance: () => (r * p) / (q * q),
    entropy: () => countEntropy64(logProb, Math.floor((Math.max(r - 1, 0) * p) / q)),
  };
}
