import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  atan,
  div,
  greater,
  log1p,
  minimum,
  mul,
  neg,
  square,
  sub,
  tan,
  tidy,
  where,
} from "../backend/engine.js";
import { uniform } from "../random/index.js";
import type { Key } from "../random/index.js";
import { LocationScale } from "./location-scale.js";
import type { LocationScaleParameters } from "./location-scale.js";
import { logOnePlusSquare } from "./log-one-plus-square.js";
import { sameFamily } from "./same-family.js";
import { requireFinite, requirePositive } from "./shapes.js";
import type { Distribution, Float64Distribution } from "./types.js";

const LOG_PI = Math.log(Math.PI);
const STANDARD_ENTROPY = Math.log(4 * Math.PI);

/**
 * The Cauchy distribution, which has no mean: p(x) = 1 / (π scale (1 + z²)), z = (x - loc) / scale.
 *
 * Events are scalars; the batch shape is that of `loc` and `scale`, broadcast. Samples are reparameterised.
 * Throws `InputError` for a scale that is a number and not positive.
 */
export class Cauchy extends LocationScale {
  readonly family = "Cauchy";

  constructor(parameters: LocationScaleParameters) {
    super("Cauchy", parameters);
  }

  /**
   * log(((s₁ + s₂)² + (m₁ - m₂)²) / (4 s₁ s₂)).
   * Source: A closed-form formula for the Kullback-Leibler divergence between Cauchy distributions (Chyzak,
   * Nielsen, 2019).
   */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Cauchy>(this, other)) return undefined;
    return tidy(() => {
      // The argument of the logarithm, minus one: a square over 4 s₁ s₂, so that a small divergence keeps its digits.
      const squares = add(square(sub(this.scale, other.scale)), square(sub(this.loc, other.loc)));
      return log1p(div(div(squares, mul(4, this.scale)), other.scale));
    });
  }

  protected standardEntropy(): number {
    return STANDARD_ENTROPY;
  }

  protected standardSample(key: Key, shape: readonly number[]): Tensor {
    return tan(mul(Math.PI, sub(uniform(key, shape), 0.5)));
  }

  protected standardLogProb(z: Tensor): Tensor {
    return neg(add(logOnePlusSquare(z), LOG_PI));
  }

  protected standardCdf(z: Tensor): Tensor {
    return add(0.5, div(atan(z), Math.PI));
  }

  /** cot(π (1 - p)) or -cot(π p): exact in both tails, where tan(π (p - 1/2)) loses digits. */
  protected standardQuantile(p: Tensor): Tensor {
    const magnitude = div(1, tan(mul(Math.PI, minimum(p, sub(1, p)))));
    return where(greater(p, 0.5), magnitude, neg(magnitude));
  }
}

/** The float64 form of `Cauchy`. Throws `InputError` unless the scale is positive. */
export function cauchy64({
  loc,
  scale,
}: LocationScaleParameters<number>): Required<Omit<Float64Distribution, "mean" | "variance">> {
  requireFinite("Cauchy", { loc });
  requirePositive("Cauchy", { scale });
  const constant = -LOG_PI - Math.log(scale);
  return {
    logProb: (x) => constant - Math.log1p(((x - loc) / scale) ** 2),
    cdf: (x) => Math.atan2(1, (loc - x) / scale) / Math.PI,
    quantile: (p) => loc + scale * (p > 0.5 ? 1 / Math.tan(Math.PI * (1 - p)) : -1 / Math.tan(Math.PI * p)),
    entropy: () => STANDARD_ENTROPY + Math.log(scale),
  };
}
