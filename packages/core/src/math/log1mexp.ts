import type { Tensor } from "@tensorflow/tfjs-core";
import { div, exp, expm1, less, log, log1p, neg, where } from "../backend/engine.js";
import { withGradient } from "./with-gradient.js";

/**
 * log(1 - exp(-x)) for x ≥ 0, elementwise and differentiable; -Infinity at 0.
 *
 * Source: M. Mächler, "Accurately computing log(1 - exp(-|a|))" (2012).
 */
export function log1mexp(x: Tensor): Tensor {
  return withGradient(
    [x],
    () => where(less(x, Math.LN2), log(neg(expm1(neg(x)))), log1p(neg(exp(neg(x))))),
    (dy, [saved]) => [div(dy, expm1(saved!))],
  );
}
