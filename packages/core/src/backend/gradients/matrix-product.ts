import type { GradConfig } from "@tensorflow/tfjs-core";
import { one, sumToShape } from "./gradient.js";

/** The matrix product's gradient, summed over the batch axes along which an operand had been broadcast. */
export const matrixProductGradient = (original: GradConfig): GradConfig => ({
  ...original,
  gradFunc: (dy, saved, attributes) => {
    const gradients = original.gradFunc(one(dy), saved, attributes);
    return Object.fromEntries(
      ["a", "b"].map((name, i) => [name, () => sumToShape(gradients[name]!(), saved[i]!.shape)]),
    );
  },
});
