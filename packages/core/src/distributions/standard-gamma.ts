import type { Tensor } from "@tensorflow/tfjs-core";
import { draw, gammas } from "../random/index.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { numbers64 } from "./numbers64.js";
import type { Parameter } from "./shapes.js";

/** The smallest normal float32: a smaller draw would leave the support by rounding to 0. */
const SMALLEST = 2 ** -126;

/** Draws of Gamma(concentration, 1), as a constant to differentiation. Call it inside `tidy`. */
export function standardGamma(key: Key, concentration: Parameter, shape: Shape): Tensor {
  const concentrations = numbers64(concentration, shape);
  return draw(key, "gamma", shape, (from) =>
    gammas(from, concentrations, concentrations.length).map((value) => Math.max(value, SMALLEST)),
  );
}
