import type { Rank, Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  broadcastTo,
  conv2d,
  exp,
  expandDims,
  eye,
  makeTensor,
  matMul,
  mul,
  neg,
  reshape,
  sum,
  tidy,
  transpose,
} from "../backend/engine.js";
import { triangularSolve } from "../math/index.js";
import type { Shape } from "../types.js";
import type { LuFactors } from "./lu-factors.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, WithLogDet } from "./types.js";

/**
 * An invertible 1×1 convolution of images with their channels first: at each pixel z = W x over the channels, with
 * W = P (L + I) (U + diag(sign exp(logDiagonal))), so that log |det dx/dz| = -height width Σ logDiagonal. `forward`
 * solves the two triangular systems, from values that are read synchronously. `luFactors` gives the parameters.
 * Source: Generative flow with invertible 1×1 convolutions (Kingma & Dhariwal, 2018), section 3.2.
 */
export class InvertibleConvolution implements Bijector {
  readonly eventRank = 3;
  readonly constantLogDet = true;

  constructor(private readonly factors: LuFactors<Tensor>) {}

  forwardShape(shape: Shape): Shape {
    return shape;
  }

  inverseShape(shape: Shape): Shape {
    return shape;
  }

  forward(z: Tensor): Tensor {
    return tidy(() => mixed(z, this.inverseWeight()));
  }

  inverse(x: Tensor): Tensor {
    return tidy(() => mixed(x, this.weight()));
  }

  forwardWithLogDet(z: Tensor): WithLogDet {
    return tidyPair(() => ({ value: this.forward(z), logDet: neg(this.inverseLogDet(z)) }));
  }

  inverseWithLogDet(x: Tensor): WithLogDet {
    return tidyPair(() => ({ value: this.inverse(x), logDet: this.inverseLogDet(x) }));
  }

  private inverseLogDet({ shape }: Tensor): Tensor {
    const area = shape.at(-1)! * shape.at(-2)!;
    return broadcastTo(mul(sum(this.factors.logDiagonal), area), shape.slice(0, -3));
  }

  private weight(): Tensor {
    return matMul(this.factors.permutation, matMul(this.left(), this.right()));
  }

  /** W⁻¹ = (U + diag)⁻¹ (L + I)⁻¹ Pᵀ. */
  private inverseWeight(): Tensor {
    const inner = triangularSolve(this.left(), transpose(this.factors.permutation));
    return triangularSolve(transpose(this.right()), inner, { transpose: true });
  }

  private left(): Tensor {
    const { lower } = this.factors;
    const size = lower.shape[0];
    return add(
      mul(
        lower,
        triangle(size, (row, column) => row > column),
      ),
      eye(size),
    );
  }

  private right(): Tensor {
    const { upper, sign, logDiagonal } = this.factors;
    const size = upper.shape[0];
    const diagonal = mul(eye(size), expandDims(mul(sign, exp(logDiagonal)), 0));
    return add(
      mul(
        upper,
        triangle(size, (row, column) => row < column),
      ),
      diagonal,
    );
  }
}

function mixed(x: Tensor, weight: Tensor): Tensor {
  const [channels, height, width] = x.shape.slice(-3) as [number, number, number];
  const images = reshape<Rank.R4>(x, [-1, channels, height, width]);
  const filter = reshape<Rank.R4>(transpose(weight), [1, 1, channels, channels]);
  return reshape(conv2d(images, filter, 1, "valid", "NCHW"), x.shape);
}

function triangle(size: number, inside: (row: number, column: number) => boolean): Tensor {
  const mask = Float32Array.from({ length: size * size }, (_, i) =>
    Number(inside(Math.floor(i / size), i % size)),
  );
  return makeTensor(mask, [size, size]);
}
