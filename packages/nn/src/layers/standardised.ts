import {
  add,
  customGrad,
  mean,
  mul,
  ones,
  rsqrt,
  square,
  sub,
  tidy,
  zeros,
  type GradSaveFunc,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { nativeKernel } from "../native-kernel.js";

/** What is normal about x, (x - mean) / deviation over its last axis, and one over the deviation √(variance + ε). */
export function moments(x: Tensor, epsilon: number): { normal: Tensor; inverse: Tensor } {
  const centred = sub(x, mean(x, -1, true));
  const inverse = rsqrt(add(mean(square(centred), -1, true), epsilon));
  return { normal: mul(centred, inverse), inverse };
}

/** The derivative of `moments`' normal n: (g - mean(g) - n · mean(g n)) / deviation. */
export const standardisedGradient = (normal: Tensor, inverse: Tensor, g: Tensor): Tensor =>
  mul(sub(sub(g, mean(g, -1, true)), mul(normal, mean(mul(g, normal), -1, true))), inverse);

/** (x - mean) / √(variance + ε) over the last axis, with its derivative in closed form. */
export function standardised(x: Tensor, epsilon: number): Tensor {
  const recorded = customGrad((given, save) => {
    // The engine clones what is saved on the tape, so second derivatives flow through it.
    (save as GradSaveFunc)([given as Tensor]);
    return {
      value: value(given as Tensor, epsilon),
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => {
        const { normal, inverse } = moments(saved!, epsilon);
        return standardisedGradient(normal, inverse, dy);
      },
    };
  });
  return tidy(() => recorded(x));
}

function value(x: Tensor, epsilon: number): Tensor {
  const native = nativeKernel("LayerNormalization");
  if (!native) return moments(x, epsilon).normal;
  const width = x.shape.at(-1)!;
  return native({ x, scale: ones([width]), shift: zeros([width]) }, { epsilon });
}
