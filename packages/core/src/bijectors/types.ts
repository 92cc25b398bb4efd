import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../types.js";

export interface WithLogDet {
  readonly value: Tensor;
  /** log |det Jacobian|, summed over the event axes. */
  readonly logDet: Tensor;
}

/** An invertible map; `forward` goes from the latent side to the data side. Borrows its parameters. */
export interface Bijector {
  /** How many trailing axes one event has on the latent side (0: element by element). */
  readonly eventRank: number;
  /** The same on the data side, where it differs (a reshape); by default `eventRank`. */
  readonly eventRankOut?: number;
  /** True when the log-determinant is the same for every input. */
  readonly constantLogDet: boolean;
  forwardShape(shape: Shape): Shape;
  inverseShape(shape: Shape): Shape;
  forward(z: Tensor): Tensor;
  /** NaN where `forward` can't reach. */
  inverse(x: Tensor): Tensor;
  /** `logDet` has the input's shape without its event axes. */
  forwardWithLogDet(z: Tensor): WithLogDet;
  /**
   * Where `forward` can't reach, `logDet` is -Infinity, `value` is some point of the latent space, and the gradient
   * is zero: a transformed density is then -Infinity there, and never NaN.
   */
  inverseWithLogDet(x: Tensor): WithLogDet;
}

export interface ListWithLogDet {
  readonly value: readonly Tensor[];
  /** log |det Jacobian| of each row: [rows]. */
  readonly logDet: Tensor;
}

/**
 * An invertible map between lists of tensors, all with one axis for rows: a step of a flow of several scales. The
 * first tensor is what is still being transformed, the others are latents that were split off, the last one first.
 * `forward` goes from the latent side to the data side, as in `Bijector`. Borrows its parameters and its inputs.
 */
export interface ListBijector {
  forward(z: readonly Tensor[]): readonly Tensor[];
  inverseWithLogDet(x: readonly Tensor[]): ListWithLogDet;
}
