import {
  div,
  matMul,
  maximum,
  mul,
  reshape,
  sqrt,
  square,
  sum,
  tidy,
  variable,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { stopGradient } from "@gen/core/backend";
import { normal } from "@gen/core/random";
import type { Layer, Variables } from "../variables.js";
import type { Updates } from "./batch-norm.js";

export interface SpectralNormOptions {
  /** What is normalised: seen as a matrix [all other axes, last axis]. */
  readonly weight: Variable;
  readonly key: Key;
}

/** Power iterations before the first step. */
const warmup = 15;

/**
 * A weight over its largest singular value, which one step of power iteration estimates from the vector that the
 * step before left (Spectral normalization for generative adversarial networks, Miyato et al., 2018). Of a
 * convolution it is the singular value of the filter as a matrix.
 */
export class SpectralNorm implements Layer {
  /** The right singular vector so far, which no optimizer changes. */
  readonly vector: Variable;
  private readonly weight: Variable;

  constructor({ weight, key }: SpectralNormOptions) {
    this.weight = weight;
    this.vector = tidy(() => {
      let vector = unit(normal(key, [weight.shape.at(-1)!, 1]));
      for (let i = 0; i < warmup; i++) vector = iterated(matrix(weight), vector).right;
      return variable(vector, false);
    });
  }

  get variables(): Variables {
    return { vector: this.vector };
  }

  /** The normalised weight, of the weight's shape. */
  call(): Tensor {
    return tidy(() => this.normalised().weight);
  }

  /** The normalised weight, and the vector after this step. */
  train(): { weight: Tensor; updates: Updates } {
    const { weight, right } = tidy(() => this.normalised());
    return { weight, updates: new Map([[this.vector, right]]) };
  }

  private normalised(): { weight: Tensor; right: Tensor } {
    const flat = matrix(this.weight);
    const { left, right } = iterated(flat, this.vector);
    // σ = leftᵀ W right, with both vectors as constants: its derivative is left rightᵀ.
    const largest = sum(mul(matMul(flat, stopGradient(right)), stopGradient(left)));
    return { weight: div(this.weight, largest), right };
  }
}

const matrix = (weight: Tensor): Tensor => reshape(weight, [-1, weight.shape.at(-1)!]);

/** A zero vector stays zero. */
const unit = (x: Tensor): Tensor => div(x, maximum(sqrt(sum(square(x))), 1e-12));

function iterated(flat: Tensor, vector: Tensor): { left: Tensor; right: Tensor } {
  const left = unit(matMul(flat, vector));
  return { left, right: unit(matMul(flat, left, true)) };
}
