import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add, clipByValue, div, greaterEqual, lessEqual, log, logicalAnd, mul, square, sub, tidy, where,
} from "../backend/engine.js"; // prettier-ignore
import { InputError } from "../errors.js";
import { uniform } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { sameFamily } from "./same-family.js";
import { batchShapeOf, expand, outsideSupport, requireFinite, sampleShape } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

export interface UniformParameters<P = Parameter> {
  readonly low: P;
  /** Above `low`. */
  readonly high: P;
}

function requireInterval({ low, high }: UniformParameters): void {
  requireFinite("Uniform", { low, high });
  if (typeof low === "number" && typeof high === "number" && low >= high) {
    throw new InputError(`Uniform: low is ${low} and high is ${high}; give a low below high.`);
  }
}

/**
 * The uniform distribution on the closed interval [low, high]: p(x) = 1 / (high - low).
 *
 * Events are scalars; the batch shape is that of `low` and `high`, broadcast. Samples are reparameterised.
 * Throws `InputError` for numbers that are no interval.
 */
export class Uniform implements Distribution, HasMean, HasVariance, HasEntropy, HasCdf, HasQuantile {
  readonly family = "Uniform";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly low: Parameter;
  readonly high: Parameter;

  constructor({ low, high }: UniformParameters) {
    requireInterval({ low, high });
    this.batchShape = batchShapeOf(low, high);
    this.low = low;
    this.high = high;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => this.quantile(uniform(key, sampleShape(shape, this.batchShape))));
  }

  /** -log(high - low). */
  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const inside = logicalAnd(greaterEqual(x, this.low), lessEqual(x, this.high));
      return outsideSupport(x, inside, this.low, (safe) => sub(mul(0, safe), log(this.width())));
    });
  }

  cdf(x: Tensor): Tensor {
    return tidy(() => clipByValue(div(sub(x, this.low), this.width()), 0, 1));
  }

  quantile(p: Tensor): Tensor {
    return tidy(() => add(this.low, mul(this.width(), p)));
  }

  mean(): Tensor {
    return tidy(() => expand(mul(0.5, add(this.low, this.high)), this.batchShape));
  }

  variance(): Tensor {
    return tidy(() => expand(div(square(this.width()), 12), this.batchShape));
  }

  entropy(): Tensor {
    return tidy(() => expand(log(this.width()), this.batchShape));
  }

  /** log(width₂ / width₁) if this interval lies in the other, else Infinity. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Uniform>(this, other)) return undefined;
    return tidy(() => {
      const covered = logicalAnd(greaterEqual(this.low, other.low), lessEqual(this.high, other.high));
      return where(covered, log(div(other.width(), this.width())), Infinity);
    });
  }

  private width(): Tensor {
    return sub(this.high, this.low);
  }
}

/** The float64 form of `Uniform`. Throws `InputError` unless low < high. */
export function uniform64({ low, high }: UniformParameters<number>): Required<Float64Distribution> {
  requireInterval({ low, high });
  const width = high - low;
  return {
    logProb: (x) => (x >= low && x <= high ? -Math.log(width) : -Infinity),
    cdf: (x) => Math.min(1, Math.max(0, (x - low) / width)),
    quantile: (p) => low + width * p,
    mean: () => (low + high) / 2,
    variance: () => (width * width) / 12,
    entropy: () => Math.log(width),
  };
}
