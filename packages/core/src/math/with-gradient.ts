import type { Tensor } from "@tensorflow/tfjs-core";
import { customGrad, tidy } from "../backend/engine.js";

/**
 * A function with a gradient of its own. `value` is not recorded, so it may use any function of the engine;
 * `gradient` gives the inputs' gradients from the result's and is differentiated again for higher orders, so it
 * must be built from functions whose own gradients are right.
 */
export function withGradient(
  inputs: readonly Tensor[],
  value: () => Tensor,
  gradient: (dy: Tensor, inputs: readonly Tensor[]) => Tensor[],
): Tensor {
  return tidy(() => {
    const recorded = customGrad((...inputsAndSave) => {
      const save = inputsAndSave.at(-1);
      if (typeof save === "function") save([...inputs]);
      return { value: value(), gradFunc: (dy, saved) => gradient(dy, saved) };
    });
    return recorded(...inputs);
  });
}
