import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  div,
  exp,
  greater,
  less,
  log,
  minimum,
  mul,
  neg,
  sub,
  tidy,
  where,
} from "../backend/engine.js";
import { draw, exponentials } from "../random/index.js";
import type { Key } from "../random/index.js";
import { LocationScale } from "./location-scale.js";
import type { LocationScaleParameters } from "./location-scale.js";
import { sameFamily } from "./same-family.js";
import { requireFinite, requirePositive, sizeOf } from "./shapes.js";
import type { Distribution, Float64Distribution, HasMean, HasVariance } from "./types.js";

const STANDARD_ENTROPY = 1 + Math.LN2;

/**
 * The Laplace distribution: p(x) = exp(-|z|) / (2 scale), z = (x - loc) / scale.
 *
 * Events are scalars; the batch shape is that of `loc` and `scale`, broadcast. Samples are reparameterised.
 * Throws `InputError` for a scale that is a number and not positive.
 */
export class Laplace extends LocationScale implements HasMean, HasVariance {
  readonly family = "Laplace";

  constructor(parameters: LocationScaleParameters) {
    super("Laplace", parameters);
  }

  mean(): Tensor {
    return this.locationOf(0);
  }

  variance(): Tensor {
    return this.varianceOf(2);
  }

  /** log(b₂ / b₁) + d / b₂ + (b₁ / b₂) exp(-d / b₁) - 1, d = |m₁ - m₂|. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Laplace>(this, other)) return undefined;
    return tidy(() => {
      const ratio = div(this.scale, other.scale);
      const distance = abs(sub(this.loc, other.loc));
      const overlap = mul(ratio, exp(neg(div(distance, this.scale))));
      return sub(add(sub(overlap, 1), div(distance, other.scale)), log(ratio));
    });
  }

  protected standardEntropy(): number {
    return STANDARD_ENTROPY;
  }

  /** The difference of two exponential numbers. */
  protected standardSample(key: Key, shape: readonly number[]): Tensor {
    return draw(key, "laplace", shape, (from) => {
      const [first, second] = from.split(2);
      const subtrahends = exponentials(second, sizeOf(shape));
      return exponentials(first, sizeOf(shape)).map((value, i) => value - subtrahends[i]!);
    });
  }

  protected standardLogProb(z: Tensor): Tensor {
    return sub(neg(abs(z)), Math.LN2);
  }

  protected standardCdf(z: Tensor): Tensor {
    const tail = mul(0.5, exp(neg(abs(z))));
    return where(less(z, 0), tail, sub(1, tail));
  }

  protected standardQuantile(p: Tensor): Tensor {
    const tail = minimum(p, sub(1, p));
    const magnitude = neg(log(mul(2, tail)));
    return where(greater(p, 0.5), magnitude, neg(magnitude));
  }
}

/** The float64 form of `Laplace`. Throws `InputError` unless the scale is positive. */
export function laplace64({ loc, scale }: LocationScaleParameters<number>): Required<Float64Distribution> {
  requireFinite("Laplace", { loc });
  requirePositive("Laplace", { scale });
  const constant = -Math.LN2 - Math.log(scale);
  return {
    logProb: (x) => constant - Math.abs(x - loc) / scale,
    cdf: (x) => {
      const tail = 0.5 * Math.exp(-Math.abs(x - loc) / scale);
      return x < loc ? tail : 1 - tail;
    },
    quantile: (p) => loc + scale * (p > 0.5 ? -Math.log(2 * (1 - p)) : Math.log(2 * p)),
    mean: () => loc,
    variance: () => 2 * scale * scale,
    entropy: () => STANDARD_ENTROPY + Math.log(scale),
  };
}
