import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, log, mul, square, sub, sum, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { normal } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import { gaussianDivergence } from "./gaussian-divergence.js";
import { sameFamily } from "./same-family.js";
import { batchShapeOf, expand, requireFinite, requirePositive, sampleShape } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type {
  Distribution,
  Float64VectorDistribution,
  HasEntropy,
  HasMean,
  HasMode,
  HasVariance,
} from "./types.js";

export interface MultivariateNormalDiagParameters {
  /** [..., d], or one number for all. */
  readonly loc: Parameter;
  /** [..., d], positive, or one number for all. */
  readonly scaleDiag: Parameter;
}

/**
 * The normal distribution over vectors of independent parts: log p(x) = Σ log Normal(x_i; loc_i, scaleDiag_i).
 *
 * Event shape [d]; samples are reparameterised. Throws `InputError` when neither parameter has an axis, or a scale given
 * as a number is not positive.
 */
export class MultivariateNormalDiag implements Distribution, HasMean, HasVariance, HasMode, HasEntropy {
  readonly family = "MultivariateNormalDiag";
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  readonly loc: Parameter;
  readonly scaleDiag: Parameter;

  constructor({ loc, scaleDiag }: MultivariateNormalDiagParameters) {
    requireFinite("MultivariateNormalDiag", { loc });
    requirePositive("MultivariateNormalDiag", { scaleDiag });
    const shape = batchShapeOf(loc, scaleDiag);
    if (shape.length === 0) {
      throw new InputError(
        "MultivariateNormalDiag: loc and scaleDiag are scalars; give one of them an axis.",
      );
    }
    this.loc = loc;
    this.scaleDiag = scaleDiag;
    this.batchShape = shape.slice(0, -1);
    this.eventShape = shape.slice(-1);
  }

  /** loc + scaleDiag z. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const noise = normal(key, sampleShape(shape, this.batchShape, this.eventShape));
      return add(this.loc, mul(this.scaleDiag, noise));
    });
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const standard = div(sub(x, this.loc), this.scaleDiag);
      const parts = sub(mul(-0.5, square(standard)), log(this.scaleDiag));
      return sum(sub(parts, HALF_LOG_TWO_PI), -1);
    });
  }

  mean(): Tensor {
    return tidy(() => this.full(this.loc));
  }

  variance(): Tensor {
    return tidy(() => this.full(square(this.scaleDiag)));
  }

  mode(): Tensor {
    return this.mean();
  }

  /** Σ (log scale + (1 + log 2π) / 2). */
  entropy(): Tensor {
    return tidy(() => sum(this.full(add(log(this.scaleDiag), 0.5 + HALF_LOG_TWO_PI)), -1));
  }

  /** Σ over parts of the scalar divergence; with a full partner as `MultivariateNormal`. */
  klTo(other: Distribution): Tensor | undefined {
    if (!sameFamily<MultivariateNormalDiag>(this, other)) return gaussianDivergence(this, other);
    return tidy(() => {
      const ratio = div(this.full(this.scaleDiag), other.scaleDiag);
      const distance = div(sub(this.loc, other.loc), other.scaleDiag);
      const quadratic = mul(0.5, sub(add(square(ratio), square(distance)), 1));
      return sum(sub(quadratic, log(ratio)), -1);
    });
  }

  private full(value: Parameter): Tensor {
    return expand(value, [...this.batchShape, ...this.eventShape]);
  }
}

/** The float64 form of `MultivariateNormalDiag`. */
export function multivariateNormalDiag64(parameters: {
  readonly loc: Float64Array;
  readonly scaleDiag: Float64Array;
}): Float64VectorDistribution {
  const { loc, scaleDiag } = parameters;
  const logDet = scaleDiag.reduce((total, scale) => total + Math.log(scale), 0);
  return {
    logProb: (x) =>
      x.reduce(
        (total, value, i) => total - 0.5 * ((value - loc[i]!) / scaleDiag[i]!) ** 2 - HALF_LOG_TWO_PI,
        -logDet,
      ),
    mean: () => loc.slice(),
    variance: () => scaleDiag.map((scale) => scale * scale),
    entropy: () => loc.length * (0.5 + HALF_LOG_TWO_PI) + logDet,
  };
}
