import type { Tensor } from "@tensorflow/tfjs-core";
import { add, floor, sub, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { elementwise } from "../math/elementwise.js";
import { float64, logGamma } from "../math/index.js";
import { draw, poissons } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { countEntropy64, isCount, isCount64, logOrMinusInfinity, weighted, weighted64 } from "./counting.js";
import { numbers64 } from "./numbers64.js";
import { sameFamily } from "./same-family.js";
import { expand, outsideSupport, parameter, sampleShape, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";
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
 * The number of events of rate λ: p(x) = λ^x exp(-λ) / x!, x = 0, 1, 2, …
 *
 * Events are scalars, samples float32. Throws `InputError` when a rate given as a number is negative or not finite.
 */
export class Poisson implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf {
  readonly family = "Poisson";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly rate: Parameter;

  constructor({ rate }: { readonly rate: Parameter }) {
    requireRate(rate);
    this.rate = rate;
    this.batchShape = shapeOf(rate);
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const full = sampleShape(shape, this.batchShape);
      const rates = numbers64(this.rate, full);
      return draw(key, "poisson", full, (from) => poissons(from, rates, rates.length));
    });
  }

  /** x log λ - λ - log x! */
  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const rate = parameter(this.rate);
      return outsideSupport(x, isCount(x), 0, (count) =>
        sub(sub(weighted(count, logOrMinusInfinity(rate)), rate), logGamma(add(count, 1))),
      );
    });
  }

  /** Q(⌊x⌋ + 1, λ), the regularised upper incomplete gamma function; without gradient. */
  cdf(x: Tensor): Tensor {
    return tidy(() => elementwise(cdf64, x, parameter(this.rate)));
  }

  mean(): Tensor {
    return tidy(() => expand(this.rate, this.batchShape));
  }

  variance(): Tensor {
    return this.mean();
  }

  /** ⌊λ⌋. */
  mode(): Tensor {
    return tidy(() => floor(parameter(this.rate)));
  }

  /** -Σ p log p, summed in float64; without gradient. */
  entropy(): Tensor {
    return tidy(() => elementwise(entropy64, parameter(this.rate)));
  }

  /** λ log(λ / λ') - λ + λ'. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<Poisson>(this, other)) return undefined;
    return tidy(() => {
      const [rate, otherRate] = [parameter(this.rate), parameter(other.rate)];
      const ratio = sub(logOrMinusInfinity(rate), logOrMinusInfinity(otherRate));
      return add(weighted(rate, ratio), sub(otherRate, rate));
    });
  }
}

function requireRate(rate: Parameter): void {
  if (typeof rate === "number" && !(rate >= 0 && rate < Infinity)) {
    throw new InputError(`Poisson: rate is ${rate}; give a finite number, at least 0.`);
  }
}

const logProb64 = (x: number, rate: number): number =>
  isCount64(x) ? weighted64(x, Math.log(rate)) - rate - float64.logFactorial(x) : -Infinity;

const cdf64 = (x: number, rate: number): number =>
  x < 0 ? 0 : x === Infinity ? 1 : float64.regularizedGammaQ(Math.floor(x) + 1, rate);

const entropy64 = (rate: number): number => countEntropy64((x) => logProb64(x, rate), Math.floor(rate));

/** The float64 form of `Poisson`. */
export function poisson64({ rate }: { readonly rate: number }): Float64Distribution {
  requireRate(rate);
  return {
    logProb: (x) => logProb64(x, rate),
    cdf: (x) => cdf64(x, rate),
    mean: () => rate,
    variance: () => rate,
    entropy: () => entropy64(rate),
  };
}
