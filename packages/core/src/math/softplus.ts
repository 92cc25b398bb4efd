import type { Tensor } from "@tensorflow/tfjs-core";
import { abs, add, exp, log1p, maximum, mul, neg, sigmoid, tidy } from "../backend/engine.js";
import { withGradient } from "./with-gradient.js";

/** log(1 + exp(x)), elementwise and differentiable, without overflow. */
export function softplus(x: Tensor): Tensor {
  return withGradient(
    [x],
    () => add(maximum(x, 0), log1p(exp(neg(abs(x))))),
    (dy, [saved]) => [mul(dy, sigmoid(saved!))],
  );
}

/** log(1 / (1 + exp(-x))), elementwise and differentiable, without overflow. */
export function logSigmoid(x: Tensor): Tensor {
  return tidy(() => neg(softplus(neg(x))));
}
