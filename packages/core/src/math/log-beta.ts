import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, log, log1p, maximum, minimum, mul, neg, sub, tidy } from "../backend/engine.js";
import { broadcastShapes, broadcastToShape } from "./broadcast.js";
import { digamma } from "./digamma.js";
import { stirlingCorrection } from "./log-gamma.js";
import { withGradient } from "./with-gradient.js";

/** log B(p, q) for p, q ≥ 3 with the large terms of Stirling's formula cancelled by hand. */
function stirlingLogBeta(p: Tensor, q: Tensor): Tensor {
  const small = minimum(p, q);
  const large = maximum(p, q);
  const total = add(p, q);
  const share = div(small, total);
  const correction = sub(add(stirlingCorrection(p), stirlingCorrection(q)), stirlingCorrection(total));
  const leading = add(mul(sub(small, 0.5), log(share)), mul(large, log1p(neg(share))));
  return add(sub(leading, mul(log(large), 0.5)), add(correction, Math.log(2 * Math.PI) / 2));
}

/** log B(a, b) - log B(a + 3, b + 3): the recurrence Γ(x + 1) = x Γ(x) in factors that neither cancel nor overflow. */
function recurrence(a: Tensor, b: Tensor): Tensor {
  const total = add(a, b);
  const factor = (k: number): Tensor =>
    mul(div(add(total, k), add(a, k)), div(add(total, k + 3), add(b, k)));
  return add(log(factor(0)), log(mul(factor(1), factor(2))));
}

/** log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b) for finite a, b > 0, broadcast and differentiable. */
export function logBeta(a: Tensor, b: Tensor): Tensor {
  return tidy(() => {
    const shape = broadcastShapes(a.shape, b.shape);
    const inputs = [broadcastToShape(a, shape), broadcastToShape(b, shape)] as const;
    return withGradient(
      inputs,
      () => add(stirlingLogBeta(add(inputs[0], 3), add(inputs[1], 3)), recurrence(...inputs)),
      (dy, [x, y]) => {
        const common = digamma(add(x!, y!));
        return [mul(dy, sub(digamma(x!), common)), mul(dy, sub(digamma(y!), common))];
      },
    );
  });
}
