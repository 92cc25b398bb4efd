import { add, mean, mul, rsqrt, square, sub, type Tensor } from "@tensorflow/tfjs-core";

/** What is normal about x, (x - mean) / deviation over its last axis, and one over the deviation √(variance + ε). */
export function moments(x: Tensor, epsilon: number): { normal: Tensor; inverse: Tensor } {
  const centred = sub(x, mean(x, -1, true));
  const inverse = rsqrt(add(mean(square(centred), -1, true), epsilon));
  return { normal: mul(centred, inverse), inverse };
}

/** The derivative of `moments`' normal n: (g - mean(g) - n · mean(g n)) / deviation. */
export const standardisedGradient = (normal: Tensor, inverse: Tensor, g: Tensor): Tensor =>
  mul(sub(sub(g, mean(g, -1, true)), mul(normal, mean(mul(g, normal), -1, true))), inverse);
