import type { Tensor } from "@tensorflow/tfjs-core";
import { customGrad, reshape } from "./engine.js";

/**
 * The tensor's value as a constant: nothing is differentiated through it, neither once nor twice.
 *
 * A function that depends on its argument only through `stopGradient` has no gradient, and TensorFlow.js then throws.
 */
export function stopGradient<T extends Tensor>(x: T): T {
  // An operation that is recorded without inputs ends the tape.
  return customGrad(() => ({ value: reshape(x, x.shape), gradFunc: () => [] }))() as T;
}
