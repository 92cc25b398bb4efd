import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  div,
  greater,
  less,
  log,
  log1p,
  logicalAnd,
  mul,
  neg,
  sub,
  tidy,
  where,
} from "../backend/engine.js";
import { float64 } from "../math/index.js";
import { draw, logGammas } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { cdfByFloat64, quantileByFloat64 } from "./cdf-by-float64.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import { numbers64 } from "./numbers64.js";
import { sameFamily } from "./same-family.js";
import { batchShapeOf, expand, outsideSupport, parameter, requirePositive, sampleShape } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import { digammaDeficit, logGammaExcess, logLessLinear, shapeDivergence } from "./stirling.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

export interface BetaParameters<P = Parameter> {
  /** Positive: α, the weight of 1. */
  readonly concentration1: P;
  /** Positive: β, the weight of 0. */
  readonly concentration0: P;
}

/** The float32 numbers next to 0 and 1, beyond which a draw would leave the support by rounding. */
const SMALLEST = 2 ** -126;
const LARGEST = 1 - 2 ** -24;

/**
 * The beta distribution: p(x) = x^(α - 1) (1 - x)^(β - 1) / B(α, β), 0 < x < 1, with α = `concentration1` and
 * β = `concentration0`.
 *
 * Events are scalars; the batch shape is that of the parameters, broadcast. No gradient flows through a sample; those
 * of `cdf` and `quantile` flow to their argument only.
 * Throws `InputError` for a parameter that is a number and not positive.
 */
export class Beta implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile {
  readonly family = "Beta";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly concentration1: Parameter;
  readonly concentration0: Parameter;

  constructor({ concentration1, concentration0 }: BetaParameters) {
    requirePositive("Beta", { concentration1, concentration0 });
    this.batchShape = batchShapeOf(concentration1, concentration0);
    this.concentration1 = concentration1;
    this.concentration0 = concentration0;
  }

  /** G₁ / (G₁ + G₀) of two gamma numbers, as the logistic function of the difference of their logarithms. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const full = sampleShape(shape, this.batchShape);
      const one = numbers64(this.concentration1, full);
      const zero = numbers64(this.concentration0, full);
      return draw(key, "beta", full, (from) => {
        const [first, second] = from.split(2);
        const logOne = logGammas(first, one, one.length);
        const logZero = logGammas(second, zero, zero.length);
        return logOne.map((value, i) =>
          Math.min(LARGEST, Math.max(SMALLEST, 1 / (1 + Math.exp(logZero[i]! - value)))),
        );
      });
    });
  }

  /**
   * With the mean m: α (log(x / m) - x / m + 1) + β (the same of 1 - x and 1 - m), whose linear terms cancel, and
   * Stirling's formula for 1 / (x (1 - x) B(α, β)).
   */
  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, logicalAnd(greater(x, 0), less(x, 1)), 0.5, (safe) => {
        const total = this.total();
        const [one, zero] = [div(this.concentration1, total), div(this.concentration0, total)];
        const distance = sub(safe, one);
        const exponent = add(
          mul(this.concentration1, logLessLinear(div(safe, one), div(distance, one))),
          mul(this.concentration0, logLessLinear(div(sub(1, safe), zero), div(neg(distance), zero))),
        );
        const volume = add(log(safe), log1p(neg(safe)));
        const normaliser = sub(mul(0.5, log(mul(this.concentration1, zero))), HALF_LOG_TWO_PI);
        return sub(sub(add(exponent, normaliser), volume), this.excess());
      }),
    );
  }

  cdf(x: Tensor): Tensor {
    const parameters = [this.concentration1, this.concentration0];
    return tidy(() => cdfByFloat64(x, parameters, cdf64, (at) => this.logProb(at)));
  }

  quantile(p: Tensor): Tensor {
    const parameters = [this.concentration1, this.concentration0];
    return tidy(() => quantileByFloat64(p, parameters, quantile64, (at) => this.logProb(at)));
  }

  /** α / (α + β). */
  mean(): Tensor {
    return tidy(() => expand(div(this.concentration1, this.total()), this.batchShape));
  }

  /** m (1 - m) / (α + β + 1) with the mean m. */
  variance(): Tensor {
    return tidy(() => {
      const total = this.total();
      const product = mul(div(this.concentration1, total), div(this.concentration0, total));
      return expand(div(product, add(total, 1)), this.batchShape);
    });
  }

  /** (α - 1) / (α + β - 2) where both are above 1, else NaN: the density has no inner maximum. */
  mode(): Tensor {
    return tidy(() => {
      const inner = logicalAnd(greater(this.concentration1, 1), greater(this.concentration0, 1));
      const mode = div(sub(this.concentration1, 1), where(inner, sub(this.total(), 2), 1));
      return where(inner, mode, NaN);
    });
  }

  /** log B(α, β) - (α - 1) ψ(α) - (β - 1) ψ(β) + (α + β - 2) ψ(α + β). */
  entropy(): Tensor {
    return tidy(() => {
      const total = this.total();
      const [one, zero] = [parameter(this.concentration1), parameter(this.concentration0)];
      const logarithms = sub(mul(0.5, add(log(one), log(zero))), mul(1.5, log(total)));
      const slopes = sub(
        add(mul(sub(one, 1), digammaDeficit(one)), mul(sub(zero, 1), digammaDeficit(zero))),
        mul(sub(total, 2), digammaDeficit(total)),
      );
      return add(add(logarithms, HALF_LOG_TWO_PI), add(slopes, this.excess()));
    });
  }

  /** log B₂ - log B₁ + (α₁ - α₂) (ψ(α₁) - ψ(α₁ + β₁)) + (β₁ - β₂) (ψ(β₁) - ψ(α₁ + β₁)). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Beta>(this, other)) return undefined;
    return tidy(() => {
      const part = (one: Tensor, two: Tensor): Tensor => {
        const ratio = div(one, two);
        return sub(shapeDivergence(one, two), mul(two, logLessLinear(ratio, div(sub(one, two), two))));
      };
      const one = part(parameter(this.concentration1), parameter(other.concentration1));
      const zero = part(parameter(this.concentration0), parameter(other.concentration0));
      return sub(add(one, zero), part(this.total(), other.total()));
    });
  }

  private total(): Tensor {
    return add(this.concentration1, this.concentration0);
  }

  /** δ(α) + δ(β) - δ(α + β), what Stirling's formula lacks of log B(α, β). */
  private excess(): Tensor {
    const parts = add(
      logGammaExcess(parameter(this.concentration1)),
      logGammaExcess(parameter(this.concentration0)),
    );
    return sub(parts, logGammaExcess(this.total()));
  }
}

const cdf64 = (x: number, one: number, zero: number): number =>
  float64.regularizedBeta(one, zero, Math.min(1, Math.max(0, x)));

const quantile64 = (p: number, one: number, zero: number): number =>
  float64.inverseRegularizedBeta(one, zero, p);

/** The float64 form of `Beta`. Throws `InputError` unless both parameters are positive. */
export function beta64({
  concentration1: one,
  concentration0: zero,
}: BetaParameters<number>): Required<Float64Distribution> {
  requirePositive("Beta", { concentration1: one, concentration0: zero });
  const total = one + zero;
  const logNormaliser = float64.logBeta(one, zero);
  return {
    logProb: (x) =>
      x > 0 && x < 1 ? (one - 1) * Math.log(x) + (zero - 1) * Math.log1p(-x) - logNormaliser : -Infinity,
    cdf: (x) => cdf64(x, one, zero),
    quantile: (p) => quantile64(p, one, zero),
    mean: () => one / total,
    variance: () => ((one / total) * (zero / total)) / (total + 1),
    entropy: () =>
      logNormaliser -
      (one - 1) * float64.digamma(one) -
      (zero - 1) * float64.digamma(zero) +
      (total - 2) * float64.digamma(total),
  };
}
