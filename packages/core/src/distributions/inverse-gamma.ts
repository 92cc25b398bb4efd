import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, greater, log, mul, reciprocal, square, sub, tidy, where } from "../backend/engine.js";
import { float64 } from "../math/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { cdfByFloat64, quantileByFloat64 } from "./cdf-by-float64.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import { Gamma, gamma64 } from "./gamma.js";
import type { GammaParameters } from "./gamma.js";
import { sameFamily } from "./same-family.js";
import { expand, outsideSupport, parameter, requirePositive } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import { digammaDeficit, logGammaExcess } from "./stirling.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

/**
 * The inverse gamma distribution, 1 / Y of a gamma Y: p(x) = β^α x^(-α - 1) exp(-β / x) / Γ(α), x > 0, with
 * α = `concentration` and β = `rate` (Y's rate, which is x's scale).
 *
 * Events are scalars; the batch shape is that of the parameters, broadcast. The gradients of a sample, of `cdf` and of
 * `quantile` flow to `rate`, not to `concentration`.
 * Throws `InputError` for a parameter that is a number and not positive.
 */
export class InverseGamma
  implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile
{
  readonly family = "InverseGamma";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  /** The distribution of 1 / x. */
  readonly base: Gamma;

  constructor({ concentration, rate }: GammaParameters) {
    requirePositive("InverseGamma", { concentration, rate });
    this.base = new Gamma({ concentration, rate });
    this.batchShape = this.base.batchShape;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => reciprocal(this.base.sample(key, shape)));
  }

  /** log p(y) - 2 log x for y = 1 / x. */
  logProb(x: Tensor): Tensor {
    return tidy(() =>
      outsideSupport(x, greater(x, 0), 1, (safe) =>
        sub(this.base.logProb(reciprocal(safe)), mul(2, log(safe))),
      ),
    );
  }

  cdf(x: Tensor): Tensor {
    return tidy(() =>
      cdfByFloat64(div(x, this.rate), [this.concentration], standardCdf64, standardDensity(this)),
    );
  }

  quantile(p: Tensor): Tensor {
    return tidy(() =>
      mul(this.rate, quantileByFloat64(p, [this.concentration], standardQuantile64, standardDensity(this))),
    );
  }

  /** β / (α - 1) where α > 1, else Infinity. */
  mean(): Tensor {
    return tidy(() => {
      const concentration = expand(this.concentration, this.batchShape);
      const finite = greater(concentration, 1);
      return where(finite, div(this.rate, sub(where(finite, concentration, 2), 1)), Infinity);
    });
  }

  /** β² / ((α - 1)² (α - 2)) where α > 2, else Infinity. */
  variance(): Tensor {
    return tidy(() => {
      const concentration = expand(this.concentration, this.batchShape);
      const finite = greater(concentration, 2);
      const safe = where(finite, concentration, 3);
      return where(finite, div(square(div(this.rate, sub(safe, 1))), sub(safe, 2)), Infinity);
    });
  }

  /** β / (α + 1). */
  mode(): Tensor {
    return tidy(() => expand(div(this.rate, add(this.concentration, 1)), this.batchShape));
  }

  /** α + log β + log Γ(α) - (1 + α) ψ(α). */
  entropy(): Tensor {
    return tidy(() => {
      const concentration = parameter(this.concentration);
      const spread = sub(HALF_LOG_TWO_PI, mul(1.5, log(concentration)));
      const slope = mul(add(concentration, 1), digammaDeficit(concentration));
      const standard = add(add(spread, logGammaExcess(concentration)), slope);
      return expand(add(standard, log(this.rate)), this.batchShape);
    });
  }

  /** That of the gamma distributions of 1 / x. */
  klTo(other: Distribution): Tensor | undefined {
    return sameFamily<InverseGamma>(this, other) ? this.base.klTo(other.base) : undefined;
  }

  get concentration(): Parameter {
    return this.base.concentration;
  }

  get rate(): Parameter {
    return this.base.rate;
  }
}

/** The log-density at rate 1. */
const standardDensity = ({ concentration }: InverseGamma) => {
  const standard = new InverseGamma({ concentration, rate: 1 });
  return (x: Tensor): Tensor => standard.logProb(x);
};

const standardCdf64 = (x: number, concentration: number): number =>
  x > 0 ? float64.regularizedGammaQ(concentration, 1 / x) : 0;

const standardQuantile64 = (p: number, concentration: number): number =>
  1 / float64.inverseRegularizedGammaP(concentration, 1 - p);

/** The float64 form of `InverseGamma`. Throws `InputError` unless both parameters are positive. */
export function inverseGamma64({
  concentration,
  rate,
}: GammaParameters<number>): Required<Float64Distribution> {
  requirePositive("InverseGamma", { concentration, rate });
  const base = gamma64({ concentration, rate });
  const mean = concentration > 1 ? rate / (concentration - 1) : Infinity;
  return {
    logProb: (x) => (x > 0 ? base.logProb(1 / x) - 2 * Math.log(x) : -Infinity),
    cdf: (x) => standardCdf64(x / rate, concentration),
    quantile: (p) => rate * standardQuantile64(p, concentration),
    mean: () => mean,
    variance: () => (concentration > 2 ? (mean * mean) / (concentration - 2) : Infinity),
    entropy: () =>
      concentration +
      Math.log(rate) +
      float64.logGamma(concentration) -
      (1 + concentration) * float64.digamma(concentration),
  };
}
