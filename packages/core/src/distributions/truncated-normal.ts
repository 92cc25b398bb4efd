import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add, clipByValue, div, exp, greaterEqual, lessEqual, log, logicalAnd, maximum, minimum, mul, square, sub, tidy,
} from "../backend/engine.js"; // prettier-ignore
import { InputError } from "../errors.js";
import { elementwise } from "../math/index.js";
import { withGradient } from "../math/with-gradient.js";
import { uniform } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { cdfByFloat64 } from "./cdf-by-float64.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import type { LocationScaleParameters } from "./location-scale.js";
import {
  batchShapeOf,
  expand,
  outsideSupport,
  parameter,
  requireFinite,
  requirePositive,
  sampleShape,
} from "./shapes.js";
import type { Parameter } from "./shapes.js";
import { logMass, standardCdf64, standardLogMass64, standardQuantile64 } from "./truncated-standard.js";
import type {
  Distribution, Float64Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasQuantile, HasVariance,
} from "./types.js"; // prettier-ignore

export interface TruncatedNormalParameters<P = Parameter> extends LocationScaleParameters<P> {
  /** The lower end; -Infinity for none. */
  readonly low: P;
  /** The upper end, above `low`; Infinity for none. */
  readonly high: P;
}

/** A million standard deviations stand for an end at infinity, so that no gradient becomes 0 · Infinity. */
const FAR = 1e6;

function requireTruncation({ loc, scale, low, high }: TruncatedNormalParameters): void {
  requireFinite("TruncatedNormal", { loc });
  requirePositive("TruncatedNormal", { scale });
  if (typeof low === "number" && typeof high === "number" && !(low < high)) {
    throw new InputError(`TruncatedNormal: low is ${low} and high is ${high}; give a low below high.`);
  }
}

/**
 * The normal distribution kept to low ≤ x ≤ high: p(x) = φ(z) / (scale Z), z = (x - loc) / scale, a and b the z of
 * the two ends, Z = Φ(b) - Φ(a).
 *
 * Events are scalars; the batch shape is that of the parameters, broadcast. `loc` and `scale` are those before
 * truncation. Samples are reparameterised; the gradient of `cdf` flows to x, `loc` and `scale` as far as they move z.
 * Throws `InputError` for a scale that is a number and not positive, and for numbers that are no interval.
 */
export class TruncatedNormal
  implements Distribution, HasMean, HasVariance, HasMode, HasEntropy, HasCdf, HasQuantile
{
  readonly family = "TruncatedNormal";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  readonly loc: Parameter;
  readonly scale: Parameter;
  readonly low: Parameter;
  readonly high: Parameter;

  constructor(parameters: TruncatedNormalParameters) {
    requireTruncation(parameters);
    const { loc, scale, low, high } = parameters;
    this.batchShape = batchShapeOf(loc, scale, low, high);
    this.loc = loc;
    this.scale = scale;
    this.low = low;
    this.high = high;
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => this.quantile(uniform(key, sampleShape(shape, this.batchShape))));
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const inside = logicalAnd(greaterEqual(x, this.low), lessEqual(x, this.high));
      return outsideSupport(x, inside, this.nearest(), (at) =>
        sub(this.standardLogProb(this.standardise(at)), log(this.scale)),
      );
    });
  }

  cdf(x: Tensor): Tensor {
    return tidy(() => {
      const z = minimum(maximum(this.standardise(x), this.lowest()), this.highest());
      return cdfByFloat64(z, [this.lowest(), this.highest()], standardCdf64, (at) =>
        this.standardLogProb(at),
      );
    });
  }

  quantile(p: Tensor): Tensor {
    return tidy(() => {
      const z = standardQuantile(p, this.lowest(), this.highest());
      // Rounding of loc + scale z may step over an end.
      return minimum(maximum(add(this.loc, mul(this.scale, z)), this.low), this.high);
    });
  }

  /** loc + scale (φ(a) - φ(b)) / Z, in float64; without gradient. */
  mean(): Tensor {
    return this.statistic("mean");
  }

  /** scale² (1 + (a φ(a) - b φ(b)) / Z - ((φ(a) - φ(b)) / Z)²), in float64; without gradient. */
  variance(): Tensor {
    return this.statistic("variance");
  }

  /** The point of the interval next to loc. */
  mode(): Tensor {
    return tidy(() => expand(this.nearest(), this.batchShape));
  }

  /** log(√(2πe) scale Z) + (a φ(a) - b φ(b)) / (2 Z), in float64; without gradient. */
  entropy(): Tensor {
    return this.statistic("entropy");
  }

  private statistic(name: "mean" | "variance" | "entropy"): Tensor {
    return tidy(() =>
      elementwise(
        (loc, scale, low, high) =>
          truncatedNormal64({ loc: loc, scale: scale, low: low, high: high })[name](),
        ...[this.loc, this.scale, this.low, this.high].map(parameter),
      ),
    );
  }

  private nearest(): Tensor {
    return minimum(maximum(this.loc, this.low), this.high);
  }

  private standardise(x: Parameter): Tensor {
    return div(sub(x, this.loc), this.scale);
  }

  private lowest(): Tensor {
    return clipByValue(this.standardise(this.low), -FAR, FAR);
  }

  private highest(): Tensor {
    return clipByValue(this.standardise(this.high), -FAR, FAR);
  }

  private standardLogProb(z: Tensor): Tensor {
    return sub(logDensity(z), logMass(this.lowest(), this.highest()));
  }
}

const logDensity = (z: Tensor): Tensor => sub(mul(-0.5, square(z)), HALF_LOG_TWO_PI);

/**
 * The quantile z of the standard normal between a and b, from (1 - p) Φ(a) + p Φ(b) = Φ(z):
 * dz/da = (1 - p) φ(a) / φ(z), dz/db = p φ(b) / φ(z), dz/dp = Z / φ(z).
 */
function standardQuantile(p: Tensor, low: Tensor, high: Tensor): Tensor {
  const shape = batchShapeOf(p, low, high);
  return withGradient(
    [expand(p, shape), expand(low, shape), expand(high, shape)],
    () => elementwise(standardQuantile64, p, low, high),
    (dy, [at, a, b]) => {
      const logDensityThere = logDensity(standardQuantile(at!, a!, b!));
      const ratio = (logNumerator: Tensor): Tensor => mul(dy, exp(sub(logNumerator, logDensityThere)));
      return [
        ratio(logMass(a!, b!)),
        mul(sub(1, at!), ratio(logDensity(a!))),
        mul(at!, ratio(logDensity(b!))),
      ];
    },
  );
}

/** The float64 form of `TruncatedNormal`. Throws `InputError` unless scale is positive and low < high. */
export function truncatedNormal64(
  parameters: TruncatedNormalParameters<number>,
): Required<Float64Distribution> {
  requireTruncation(parameters);
  const { loc, scale, low, high } = parameters;
  const [a, b] = [(low - loc) / scale, (high - loc) / scale];
  const mass = standardLogMass64(a, b);
  const relative = (z: number): number => Math.exp(-0.5 * z * z - HALF_LOG_TWO_PI - mass);
  const moment = (z: number): number => (Number.isFinite(z) ? z * relative(z) : 0);
  const mean = relative(a) - relative(b);
  const ends = moment(a) - moment(b);
  const constant = -HALF_LOG_TWO_PI - mass - Math.log(scale);
  return {
    logProb: (x) => (x >= low && x <= high ? constant - 0.5 * ((x - loc) / scale) ** 2 : -Infinity),
    cdf: (x) => standardCdf64(Math.min(b, Math.max(a, (x - loc) / scale)), a, b),
    quantile: (p) => Math.min(high, Math.max(low, loc + scale * standardQuantile64(p, a, b))),
    mean: () => loc + scale * mean,
    variance: () => scale * scale * (1 + ends - mean * mean),
    entropy: () => 0.5 + HALF_LOG_TWO_PI + Math.log(scale) + mass + ends / 2,
  };
}
