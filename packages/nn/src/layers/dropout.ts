import { cast, greaterEqual, mul, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { uniform, type Key } from "@gen/core/random";

/**
 * Drops each element with probability `rate` and scales the rest by 1 / (1 - rate) (Dropout: a simple way to
 * prevent neural networks from overfitting, Srivastava et al., 2014). Without a key, as in evaluation, nothing.
 */
export function dropout(x: Tensor, rate: number, key: Key | undefined): Tensor {
  if (rate === 0 || key === undefined) return x;
  return tidy(() => mul(x, mul(cast(greaterEqual(uniform(key, x.shape), rate), "float32"), 1 / (1 - rate))));
}
