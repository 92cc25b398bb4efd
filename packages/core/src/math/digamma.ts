import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, log, mul, reciprocal, square, sub } from "../backend/engine.js";
import { polynomial } from "./polynomial.js";
import { trigamma } from "./trigamma.js";
import { withGradient } from "./with-gradient.js";

const shift = 4;

/** B₂ₖ / 2k for k = 1, 2, … */
const asymptoticTerms = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132] as const;

function value(x: Tensor): Tensor {
  const shifted = add(x, shift);
  const inverse = reciprocal(shifted);
  const inverseSquare = square(inverse);
  const series = mul(inverseSquare, polynomial(asymptoticTerms, inverseSquare));
  let sum: Tensor = sub(sub(log(shifted), div(inverse, 2)), series);
  for (let k = shift - 1; k >= 0; k--) sum = sub(sum, reciprocal(add(x, k)));
  return sum;
}

/**
 * The digamma function ψ(x) = d/dx log Γ(x) for x > 0, elementwise and differentiable to any order.
 *
 * The recurrence ψ(x) = ψ(x + 1) - 1/x four times, then the asymptotic series.
 */
export function digamma(x: Tensor): Tensor {
  return withGradient(
    [x],
    () => value(x),
    (dy, [saved]) => [mul(dy, trigamma(saved!))],
  );
}
