import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, log, maximum, minimum, mul, square, sub, tidy } from "../backend/engine.js";
import { broadcastShapes, broadcastToShape } from "./broadcast.js";
import { digamma } from "./digamma.js";
import { logGamma, stirlingCorrection } from "./log-gamma.js";
import { polynomial } from "./polynomial.js";
import { withGradient } from "./with-gradient.js";

/** 1 / (2k + 1) for k = 0, 1, …: artanh(u) / u in u². */
const artanhTerms = [1, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15] as const;

/** log(1 - x) = -2 artanh(x / (2 - x)) for x in [0, 1/2], relatively accurate on every back end. */
function logOneMinus(x: Tensor): Tensor {
  const u = div(x, sub(2, x));
  return mul(mul(u, -2), polynomial(artanhTerms, square(u)));
}

/** log Γ(large) - log Γ(large + small) for small ≤ large, by Stirling's series at large + 3 with its terms cancelled. */
function logGammaDifference(small: Tensor, large: Tensor): Tensor {
  const shifted = add(large, 3);
  const total = add(shifted, small);
  const correction = sub(stirlingCorrection(shifted), stirlingCorrection(total));
  const leading = mul(small, sub(1, log(total)));
  const remainder = mul(sub(shifted, 0.5), logOneMinus(div(small, total)));
  const growth = (k: number): Tensor => div(add(add(small, large), k), add(large, k));
  const recurrence = log(mul(growth(0), mul(growth(1), growth(2))));
  return add(add(leading, remainder), add(correction, recurrence));
}

function value(a: Tensor, b: Tensor): Tensor {
  const small = minimum(a, b);
  return add(logGamma(small), logGammaDifference(small, maximum(a, b)));
}

/** log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b) for finite a, b > 0, broadcast and differentiable. */
export function logBeta(a: Tensor, b: Tensor): Tensor {
  return tidy(() => {
    const shape = broadcastShapes(a.shape, b.shape);
    const inputs = [broadcastToShape(a, shape), broadcastToShape(b, shape)] as const;
    return withGradient(
      inputs,
      () => value(...inputs),
      (dy, [x, y]) => {
        const common = digamma(add(x!, y!));
        return [mul(dy, sub(digamma(x!), common)), mul(dy, sub(digamma(y!), common))];
      },
    );
  });
}
