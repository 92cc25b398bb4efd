import { cast, clone, greaterEqual, mul, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "@gen/core";
import { uniform, type Key } from "@gen/core/random";

/**
 * Drops each element with probability `rate` and scales the rest by 1 / (1 - rate), which keeps the mean. Without a
 * key, as in evaluation, x as it is. Throws `InputError` unless the rate is from 0 up to but not 1.
 * Source: Dropout: a simple way to prevent neural networks from overfitting (Srivastava et al., 2014).
 */
export function dropout(x: Tensor, rate: number, key: Key | undefined): Tensor {
  if (!(rate >= 0 && rate < 1))
    throw new InputError(`The dropout rate must be from 0 up to but not 1, but is ${rate}.`);
  if (rate === 0 || key === undefined) return clone(x);
  return tidy(() => mul(x, mul(cast(greaterEqual(uniform(key, x.shape), rate), "float32"), 1 / (1 - rate))));
}
