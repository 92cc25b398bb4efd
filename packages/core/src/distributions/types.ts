import type { Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "../random/types.js";
import type { Shape } from "../types.js";

/**
 * A probability distribution: a short-lived value that borrows its parameter tensors and owns nothing.
 * Shapes follow PyTorch: `sample(key, shape)` has shape `[...shape, ...batchShape, ...eventShape]`,
 * `logProb(x)` drops the event axes. `logProb` is in nats, -Infinity outside the support and never NaN,
 * with zero gradient there.
 */
export interface Distribution<T = Tensor> {
  /** The class's name, by which closed forms find their partner (two copies of a package may meet). */
  readonly family: string;
  readonly batchShape: Shape;
  readonly eventShape: Shape;
  sample(key: Key, shape?: Shape): T;
  logProb(x: T): Tensor;
  /** Closed-form KL(this || other) in nats, or undefined when there is none for that partner. */
  klTo?(other: Distribution<T>): Tensor | undefined;
}

export interface HasMean<T = Tensor> {
  mean(): T;
}
export interface HasVariance<T = Tensor> {
  variance(): T;
}
export interface HasMode<T = Tensor> {
  mode(): T;
}
export interface HasEntropy {
  /** In nats. */
  entropy(): Tensor;
}
export interface HasCdf {
  cdf(x: Tensor): Tensor;
}
export interface HasQuantile {
  /** The inverse of `cdf`; `p` in [0, 1]. */
  quantile(p: Tensor): Tensor;
}

/** A distribution over `0 .. levels - 1`: logits are normalised log-probabilities on the last axis. */
export interface Discrete extends Distribution {
  readonly logits: Tensor;
}

/** The float64 form of a scalar distribution, for families that compute on typed arrays. */
export interface Float64Distribution {
  logProb(x: number): number;
  cdf?(x: number): number;
  quantile?(p: number): number;
  mean?(): number;
  variance?(): number;
  entropy?(): number;
}

/** The float64 form of a distribution over vectors. */
export interface Float64VectorDistribution {
  logProb(x: Float64Array): number;
  mean?(): Float64Array;
  variance?(): Float64Array;
  entropy?(): number;
}
