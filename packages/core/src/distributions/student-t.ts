import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, greater, log, log1p, mul, neg, sqrt, sub, tidy, where } from "../backend/engine.js";
import { float64, logBeta } from "../math/index.js";
import { draw, logGammas, normals64 } from "../random/index.js";
import type { Key } from "../random/index.js";
import { cdfByFloat64, quantileByFloat64 } from "./cdf-by-float64.js";
import { logOnePlusSquare } from "./log-one-plus-square.js";
import { numbers64 } from "./numbers64.js";
import { LocationScale } from "./location-scale.js";
import type { LocationScaleParameters } from "./location-scale.js";
import { expand, parameter, requireFinite, requirePositive } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import { digammaDeficit } from "./stirling.js";
import type { Float64Distribution, HasMean, HasVariance } from "./types.js";

export interface StudentTParameters<P = Parameter> extends LocationScaleParameters<P> {
  /** Positive: the degrees of freedom ν. */
  readonly df: P;
}

/**
 * Student's t distribution: p(x) = (1 + z²/ν)^(-(ν + 1)/2) / (scale √ν B(1/2, ν/2)), z = (x - loc) / scale.
 *
 * Events are scalars; the batch shape is that of the parameters, broadcast. The gradients of a sample, of `cdf` and
 * of `quantile` flow to `loc` and `scale`, not to `df`.
 * Throws `InputError` for a scale or df that is a number and not positive.
 */
export class StudentT extends LocationScale implements HasMean, HasVariance {
  readonly family = "StudentT";
  readonly df: Parameter;

  constructor({ df, loc, scale }: StudentTParameters) {
    super("StudentT", { loc, scale }, df);
    requirePositive("StudentT", { df });
    this.df = df;
  }

  /** loc where ν > 1, else NaN: it does not exist. */
  mean(): Tensor {
    return tidy(() => where(greater(expand(this.df, this.batchShape), 1), this.locationOf(0), NaN));
  }

  /** scale² ν / (ν - 2) where ν > 2, Infinity where 1 < ν ≤ 2, else NaN. */
  variance(): Tensor {
    return tidy(() => {
      const df = expand(this.df, this.batchShape);
      const finite = greater(df, 2);
      const safe = where(finite, df, 3);
      const variance = mul(this.varianceOf(1), div(safe, sub(safe, 2)));
      return where(finite, variance, where(greater(df, 1), Infinity, expand(NaN, this.batchShape)));
    });
  }

  /** (ν + 1)/2 (ψ((ν + 1)/2) - ψ(ν/2)) + log(√ν B(1/2, ν/2)). */
  protected standardEntropy(): Tensor {
    const half = div(parameter(this.df), 2);
    const more = add(half, 0.5);
    // ψ(m) - ψ(h) as log(m / h) less the difference of the small log - ψ, which keeps its digits for large ν.
    const difference = add(log1p(div(0.5, half)), sub(digammaDeficit(half), digammaDeficit(more)));
    return add(mul(more, difference), this.logNormaliser());
  }

  /** A normal number over √(χ²_ν / ν), as a constant to differentiation. */
  protected standardSample(key: Key, shape: readonly number[]): Tensor {
    const half = numbers64(this.df, shape).map((df) => df / 2);
    return draw(key, "student-t", shape, (from) => {
      const [first, second] = from.split(2);
      const logGamma = logGammas(second, half, half.length);
      return normals64(first, half.length).map(
        (z, i) => z * Math.exp(0.5 * (Math.log(half[i]!) - logGamma[i]!)),
      );
    });
  }

  protected standardLogProb(z: Tensor): Tensor {
    const power = div(add(parameter(this.df), 1), 2);
    return neg(add(mul(power, logOnePlusSquare(div(z, sqrt(this.df)))), this.logNormaliser()));
  }

  protected standardCdf(z: Tensor): Tensor {
    return cdfByFloat64(z, [this.df], standardCdf64, (at) => this.standardLogProb(at));
  }

  protected standardQuantile(p: Tensor): Tensor {
    return quantileByFloat64(p, [this.df], standardQuantile64, (at) => this.standardLogProb(at));
  }

  /** log(√ν B(1/2, ν/2)). */
  private logNormaliser(): Tensor {
    const df = parameter(this.df);
    return add(mul(0.5, log(df)), logBeta(parameter(0.5), div(df, 2)));
  }
}

/** 1/2 + sign(z) I(z² / (ν + z²); 1/2, ν/2) / 2 near the centre, and by the complement in the tails. */
function standardCdf64(z: number, df: number): number {
  const square = z * z;
  if (square < df) {
    return 0.5 + 0.5 * Math.sign(z) * float64.regularizedBeta(0.5, df / 2, square / (df + square));
  }
  const tail = 0.5 * float64.regularizedBeta(df / 2, 0.5, 1 / (1 + square / df));
  return z < 0 ? tail : 1 - tail;
}

/** The inverse of `standardCdf64`, by the beta quantile whose argument keeps its digits. */
function standardQuantile64(p: number, df: number): number {
  const tails = 2 * Math.min(p, 1 - p);
  const central = tails > 0.5;
  const found = central
    ? float64.inverseRegularizedBeta(0.5, df / 2, Math.abs(1 - 2 * p))
    : float64.inverseRegularizedBeta(df / 2, 0.5, tails);
  const odds = central ? found / (1 - found) : (1 - found) / found;
  return Math.sign(p - 0.5) * Math.sqrt(df * odds);
}

/** The float64 form of `StudentT`. Throws `InputError` unless scale and df are positive. */
export function studentT64({ df, loc, scale }: StudentTParameters<number>): Required<Float64Distribution> {
  requireFinite("StudentT", { loc });
  requirePositive("StudentT", { df, scale });
  const more = (df + 1) / 2;
  const constant = -0.5 * Math.log(df) - float64.logBeta(0.5, df / 2) - Math.log(scale);
  const spread = df > 2 ? df / (df - 2) : df > 1 ? Infinity : NaN;
  return {
    logProb: (x) => constant - more * Math.log1p(((x - loc) / scale) ** 2 / df),
    cdf: (x) => standardCdf64((x - loc) / scale, df),
    quantile: (p) => loc + scale * standardQuantile64(p, df),
    mean: () => (df > 1 ? loc : NaN),
    variance: () => scale * scale * spread,
    entropy: () => more * (float64.digamma(more) - float64.digamma(df / 2)) - constant,
  };
}
