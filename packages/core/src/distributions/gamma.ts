import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, greater, log, maximum, mul, sub, tidy } from "../backend/engine.js";
import { float64 } from "../math/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { cdfByFloat64, quantileByFloat64 } from "./cdf-by-float64.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import { sameFamily } from "./same-family.js";
import { batchShapeOf, expand, outsideSupport, parameter, requirePositive, sampleShape } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import { standardGamma } from "./standard-gamma.js";
import { digammaDeficit, logGammaExcess, logLessLinear, shapeDivergence } from "./stirling.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

export interface GammaParameters<P = Parameter> {
  /** Positive: the shape α. */
  readonly concentration: P;
  /** Positive: β, one over the scale. */
  readonly rate: P;
}

/**
 * The gamma distribution: p(x) = β^α x^(α - 1) exp(-β x) / Γ(α), x > 0.
 *
 * Events are scalars; the batch shape is that of the parameters, broadcast. The gradients of a sample, of `cdf` and of
 * `quantile` flow to `rate`, not to `concentration`.
 * Throws `InputError` for a parameter that is a number and not positive.
 */
export class Gamma implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile {
  readonly family = "Gamma";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly concentration: Parameter;
  readonly rate: Parameter;

  constructor({ concentration, rate }: GammaParameters) {
    requirePositive("Gamma", { concentration, rate });
    this.batchShape = batchShapeOf(concentration, rate);
    this.concentration = concentration;
    this.rate = rate;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() =>
      div(standardGamma(key, this.concentration, sampleShape(shape, this.batchShape)), this.rate),
    );
  }

  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, greater(x, 0), 1, (safe) =>
        sub(this.standardLogProb(mul(this.rate, safe)), log(safe)),
      ),
    );
  }

  cdf(x: Tensor): Tensor {
    return tidy(() =>
      cdfByFloat64(mul(this.rate, x), [this.concentration], standardCdf64, (at) => this.standardDensity(at)),
    );
  }

  quantile(p: Tensor): Tensor {
    return tidy(() => {
      const standard = quantileByFloat64(p, [this.concentration], standardQuantile64, (at) =>
        this.standardDensity(at),
      );
      return div(standard, this.rate);
    });
  }

  mean(): Tensor {
    return tidy(() => expand(div(this.concentration, this.rate), this.batchShape));
  }

  variance(): Tensor {
    return tidy(() => expand(div(div(this.concentration, this.rate), this.rate), this.batchShape));
  }

  /** (α - 1) / β, or 0 where α < 1. */
  mode(): Tensor {
    return tidy(() => expand(div(maximum(sub(this.concentration, 1), 0), this.rate), this.batchShape));
  }

  /** α - log β + log Γ(α) + (1 - α) ψ(α). */
  entropy(): Tensor {
    return tidy(() => {
      const concentration = parameter(this.concentration);
      const spread = add(mul(0.5, log(concentration)), HALF_LOG_TWO_PI);
      const slope = mul(sub(concentration, 1), digammaDeficit(concentration));
      const standard = add(add(spread, logGammaExcess(concentration)), slope);
      return expand(sub(standard, log(this.rate)), this.batchShape);
    });
  }

  /** (α₁ - α₂) ψ(α₁) - log Γ(α₁) + log Γ(α₂) + α₂ log(β₁ / β₂) + α₁ (β₂ / β₁ - 1). */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Gamma>(this, other)) return undefined;
    return tidy(() => {
      const [one, two] = [parameter(this.concentration), parameter(other.concentration)];
      const ratio = mul(div(one, two), div(other.rate, this.rate));
      return sub(shapeDivergence(one, two), mul(two, logLessLinear(ratio, sub(ratio, 1))));
    });
  }

  /** α log y - y - log Γ(α) for y = β x = α t: α (log t - t + 1) + log(α / 2π) / 2 - δ(α). */
  private standardLogProb(y: Tensor): Tensor {
    const concentration = parameter(this.concentration);
    const distance = div(sub(y, concentration), concentration);
    const exponent = mul(concentration, logLessLinear(div(y, concentration), distance));
    const normaliser = sub(sub(mul(0.5, log(concentration)), HALF_LOG_TWO_PI), logGammaExcess(concentration));
    return add(exponent, normaliser);
  }

  private standardDensity(y: Tensor): Tensor {
    return outsideSupport(y, greater(y, 0), 1, (safe) => sub(this.standardLogProb(safe), log(safe)));
  }
}

const standardCdf64 = (y: number, concentration: number): number =>
  y > 0 ? float64.regularizedGammaP(concentration, y) : 0;

const standardQuantile64 = (p: number, concentration: number): number =>
  float64.inverseRegularizedGammaP(concentration, p);

/** The float64 form of `Gamma`. Throws `InputError` unless both parameters are positive. */
export function gamma64({ concentration, rate }: GammaParameters<number>): Required<Float64Distribution> {
  requirePositive("Gamma", { concentration, rate });
  const logGammaOf = float64.logGamma(concentration);
  const constant = concentration * Math.log(rate) - logGammaOf;
  return {
    logProb: (x) => (x > 0 ? constant + (concentration - 1) * Math.log(x) - rate * x : -Infinity),
    cdf: (x) => standardCdf64(rate * x, concentration),
    quantile: (p) => standardQuantile64(p, concentration) / rate,
    mean: () => concentration / rate,
    variance: () => concentration / (rate * rate),
    entropy: () =>
      concentration - Math.log(rate) + logGammaOf + (1 - concentration) * float64.digamma(concentration),
  };
}
