import type { Tensor } from "@tensorflow/tfjs-core";
import { add, div, mul, reciprocal, square, tidy } from "../backend/engine.js";
import { polynomial } from "./polynomial.js";

const shift = 4;

/** The Bernoulli numbers B₂, B₄, … */
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66] as const;

/**
 * The trigamma function ψ′(x) for x > 0, elementwise and differentiable to any order.
 *
 * The recurrence ψ′(x) = ψ′(x + 1) + 1/x² four times, then the asymptotic series.
 */
export function trigamma(x: Tensor): Tensor {
  return tidy(() => {
    const inverse = reciprocal(add(x, shift));
    const inverseSquare = square(inverse);
    const series = mul(inverseSquare, polynomial(bernoulli, inverseSquare));
    let sum: Tensor = mul(inverse, add(add(series, div(inverse, 2)), 1));
    for (let k = shift - 1; k >= 0; k--) sum = add(sum, square(reciprocal(add(x, k))));
    return sum;
  });
}
