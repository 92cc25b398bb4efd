import type { GradConfig } from "@tensorflow/tfjs-core";
import {
  cast,
  equal,
  exp,
  greater,
  log,
  minimum,
  mul,
  onesLike,
  pow,
  sub,
  where,
  zerosLike,
} from "../engine.js";
import { fromInputs, sumToShape } from "./gradient.js";

// Klambauer, Unterthiner, Mayr, Hochreiter, "Self-Normalizing Neural Networks" (2017).
const scale = 1.0507009873554805;
const scaleAlpha = 1.7580993408473768;

/** Gradients of element-wise operations whose further derivatives TensorFlow.js loses, or turns into NaN. */
export const elementwiseGradients = (): GradConfig[] => [
  fromInputs("Selu", ["x"], (dy, [x]) => ({
    // exp is kept from overflowing where the other branch is chosen: 0 · ∞ would be NaN one derivative on.
    x: () => mul(dy, where(greater(x!, 0), scale, mul(scaleAlpha, exp(minimum(x!, 0))))),
  })),
  fromInputs("Pow", ["a", "b"], (dy, [a, b]) => ({
    a: () => {
      const exponent = cast(b!, "float32");
      // d a⁰ / da = 0 also at a = 0, where 0 · a⁻¹ would be NaN.
      const reduced = where(equal(exponent, 0), onesLike(exponent), sub(exponent, 1));
      return sumToShape(mul(dy, mul(exponent, pow(a!, reduced))), a!.shape);
    },
    b: () => {
      const positive = greater(a!, 0);
      const logarithm = where(positive, log(where(positive, a!, onesLike(a!))), zerosLike(a!));
      return sumToShape(mul(dy, mul(pow(a!, b!), logarithm)), b!.shape);
    },
  })),
  // (a - b)², whose gradient TensorFlow.js doesn't sum over broadcast axes.
  fromInputs("SquaredDifference", ["a", "b"], (dy, [a, b]) => ({
    a: () => sumToShape(mul(dy, mul(2, sub(a!, b!))), a!.shape),
    b: () => sumToShape(mul(dy, mul(2, sub(b!, a!))), b!.shape),
  })),
];
