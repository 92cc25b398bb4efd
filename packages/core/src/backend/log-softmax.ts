import type { Tensor } from "@tensorflow/tfjs-core";
import { customGrad, exp, log, max, mul, softmax, sub, sum, tidy } from "./engine.js";

/**
 * x - log Σ exp(x) over the last axis, differentiable to any order.
 *
 * TensorFlow.js's own gives wrong second derivatives, which can't be repaired from outside; so does its
 * `softmaxCrossEntropy`.
 */
export function logSoftmax(x: Tensor): Tensor {
  return tidy(() => {
    const recorded = customGrad((_, save) => {
      if (typeof save === "function") save([x]);
      const shifted = sub(x, max(x, -1, true));
      return {
        value: sub(shifted, log(sum(exp(shifted), -1, true))),
        gradFunc: (dy: Tensor, [saved]: Tensor[]) => sub(dy, mul(sum(dy, -1, true), softmax(saved!))),
      };
    });
    return recorded(x);
  });
}
