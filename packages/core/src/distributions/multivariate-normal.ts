import type { Tensor } from "@tensorflow/tfjs-core";
import { add, eye, mul, square, sub, sum, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { float64, logDetTriangular, triangularSolve } from "../math/index.js";
import { normal } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { HALF_LOG_TWO_PI } from "./constants.js";
import { applyMatrix, lowerTriangle } from "./lower-triangle.js";
import { gaussianDivergence } from "./gaussian-divergence.js";
import { broadcastShapes, expand, sampleShape, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";
import type {
  Distribution,
  Float64VectorDistribution,
  HasEntropy,
  HasMean,
  HasMode,
  HasVariance,
} from "./types.js";

export interface MultivariateNormalParameters {
  /** [..., d], or one number for all. */
  readonly loc: Parameter;
  /** [..., d, d]; only the lower triangle is read, its diagonal not 0. */
  readonly scaleTril: Tensor;
}

/**
 * The normal distribution over vectors with covariance L Lᵀ, L = `scaleTril`:
 * log p(x) = -|L⁻¹ (x - loc)|² / 2 - Σ log L_ii - d log(2π) / 2.
 *
 * Event shape [d]; samples are reparameterised. The densities read L synchronously. Throws `InputError` when L is not
 * square or `loc` does not fit.
 */
export class MultivariateNormal implements Distribution, HasMean, HasVariance, HasMode, HasEntropy {
  readonly family = "MultivariateNormal";
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  readonly loc: Parameter;
  readonly scaleTril: Tensor;

  constructor({ loc, scaleTril }: MultivariateNormalParameters) {
    const size = scaleTril.shape.at(-1);
    if (size === undefined || scaleTril.shape.at(-2) !== size) {
      throw new InputError(
        `MultivariateNormal: scaleTril has the shape [${scaleTril.shape.join(", ")}]; give square matrices.`,
      );
    }
    const shape = broadcastShapes(shapeOf(loc), scaleTril.shape.slice(0, -1));
    if (shape.at(-1) !== size) {
      throw new InputError(
        `MultivariateNormal: loc has the shape [${shapeOf(loc).join(", ")}]; give ${size} numbers on its last axis.`,
      );
    }
    this.loc = loc;
    this.scaleTril = scaleTril;
    this.batchShape = shape.slice(0, -1);
    this.eventShape = [size];
  }

  /** loc + L z. */
  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() => {
      const noise = normal(key, sampleShape(shape, this.batchShape, this.eventShape));
      return add(this.loc, applyMatrix(lowerTriangle(this.scaleTril), noise, this.batchShape));
    });
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      const size = this.eventShape[0]!;
      const inverse = triangularSolve(this.scaleTril, eye(size));
      const standard = applyMatrix(inverse, sub(x, this.loc), this.batchShape);
      const exponent = mul(-0.5, sum(square(standard), -1));
      return sub(sub(exponent, logDetTriangular(this.scaleTril)), size * HALF_LOG_TWO_PI);
    });
  }

  mean(): Tensor {
    return tidy(() => expand(this.loc, [...this.batchShape, ...this.eventShape]));
  }

  /** The covariance's diagonal, Σ_j L_ij². */
  variance(): Tensor {
    return tidy(() => {
      const diagonal = sum(square(lowerTriangle(this.scaleTril)), -1);
      return expand(diagonal, [...this.batchShape, ...this.eventShape]);
    });
  }

  mode(): Tensor {
    return this.mean();
  }

  /** d (1 + log 2π) / 2 + Σ log L_ii. */
  entropy(): Tensor {
    return tidy(() => {
      const constant = this.eventShape[0]! * (0.5 + HALF_LOG_TWO_PI);
      return expand(add(logDetTriangular(this.scaleTril), constant), this.batchShape);
    });
  }

  /** (|M|² + |M_q (m_p - m_q)|² - d) / 2 + log det L_q - log det L_p with M_q = L_q⁻¹, M = M_q L_p. */
  klTo(other: Distribution): Tensor | undefined {
    return gaussianDivergence(this, other);
  }
}

/** The float64 form of `MultivariateNormal`; `scaleTril` is row-major, [d · d]. */
export function multivariateNormal64(parameters: {
  readonly loc: Float64Array;
  readonly scaleTril: Float64Array;
}): Float64VectorDistribution {
  const { loc, scaleTril } = parameters;
  const size = loc.length;
  if (scaleTril.length !== size * size) {
    throw new InputError(
      `MultivariateNormal: scaleTril has ${scaleTril.length} numbers; give ${size * size} for ${size} in loc.`,
    );
  }
  const logDet = loc.reduce((total, _, i) => total + Math.log(Math.abs(scaleTril[i * size + i]!)), 0);
  return {
    logProb: (x) => {
      const standard = float64.solveLower(
        scaleTril,
        size,
        x.map((value, i) => value - loc[i]!),
      );
      return -0.5 * standard.reduce((total, z) => total + z * z, 0) - logDet - size * HALF_LOG_TWO_PI;
    },
    mean: () => loc.slice(),
    variance: () =>
      loc.map((_, i) =>
        scaleTril.subarray(i * size, i * size + i + 1).reduce((total, l) => total + l * l, 0),
      ),
    entropy: () => size * (0.5 + HALF_LOG_TWO_PI) + logDet,
  };
}
