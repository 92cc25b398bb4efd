import type { Tensor } from "@tensorflow/tfjs-core";
import { add, fill, mul } from "../backend/engine.js";

/** Σ coefficients[k] xᵏ by Horner's rule. */
export function polynomial(coefficients: readonly number[], x: Tensor): Tensor {
  let sum: Tensor = fill(x.shape, coefficients.at(-1) ?? 0);
  for (let index = coefficients.length - 2; index >= 0; index--) {
    sum = add(mul(sum, x), coefficients[index]!);
  }
  return sum;
}
