import type { Tensor } from "@tensorflow/tfjs-core";
import { add, log, mul, reciprocal, square, sub } from "../backend/engine.js";
import { digamma } from "./digamma.js";
import { polynomial } from "./polynomial.js";
import { withGradient } from "./with-gradient.js";

/** B₂ₖ / (2k (2k - 1)) for k = 1, 2, … */
const stirlingTerms = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188] as const;

/** What Stirling's formula lacks, log Γ(y) - [(y - 1/2) log y - y + log(2π)/2], for y ≥ 3. */
export function stirlingCorrection(y: Tensor): Tensor {
  const inverse = reciprocal(y);
  return mul(inverse, polynomial(stirlingTerms, square(inverse)));
}

function value(x: Tensor): Tensor {
  const y = add(x, 3);
  const correction = add(stirlingCorrection(y), (Math.log(2 * Math.PI) - 1) / 2);
  const stirling = add(mul(sub(y, 0.5), sub(log(y), 1)), correction);
  const recurrence = add(add(log(x), log(add(x, 1))), log(add(x, 2)));
  return sub(stirling, recurrence);
}

/**
 * log Γ(x) for finite x > 0, elementwise and differentiable to any order.
 *
 * The recurrence Γ(x + 1) = x Γ(x) three times, then Stirling's series.
 */
export function logGamma(x: Tensor): Tensor {
  return withGradient(
    [x],
    () => value(x),
    (dy, [saved]) => [mul(dy, digamma(saved!))],
  );
}
