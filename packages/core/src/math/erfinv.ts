import type { Tensor } from "@tensorflow/tfjs-core";
import { abs, exp, mul, square, sub } from "../backend/engine.js";
import { normalQuantileOf } from "./normal-quantile.js";
import { withGradient } from "./with-gradient.js";

/** The inverse error function on [-1, 1], elementwise and differentiable; NaN outside. */
export function erfinv(x: Tensor): Tensor {
  return withGradient(
    [x],
    () => mul(normalQuantileOf(mul(x, 0.5), mul(sub(1, abs(x)), 0.5)), Math.SQRT1_2),
    (dy, [saved]) => [mul(dy, mul(exp(square(erfinv(saved!))), Math.sqrt(Math.PI) / 2))],
  );
}
