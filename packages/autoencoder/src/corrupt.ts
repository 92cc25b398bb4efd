import { add, cast, greaterEqual, mul, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { normal, uniform } from "@gen/core/random";

export interface Corruption {
  /** The deviation of Gaussian noise. */
  readonly noise: number;
  /** The share of numbers that are put to 0. */
  readonly masked: number;
}

/**
 * What a denoising autoencoder sees in place of the data (Extracting and composing robust features with denoising
 * autoencoders, Vincent, Larochelle, Bengio & Manzagol, 2008): each number with noise, or 0.
 */
export const corrupt = (x: Tensor, { noise, masked }: Corruption, key: Key): Tensor =>
  tidy(() => {
    const noisy = noise === 0 ? x : add(x, mul(normal(key.fold("noise"), x.shape), noise));
    if (masked === 0) return noisy;
    return mul(noisy, cast(greaterEqual(uniform(key.fold("mask"), x.shape), masked), "float32"));
  });
