import { polynomial } from "./polynomial.js";

/** The Bernoulli numbers B₂, B₄, … */
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510] as const;

/**
 * The trigamma function ψ′(x) = d²/dx² log Γ(x) for x > 0; Infinity at 0, NaN below.
 *
 * The asymptotic series from 10 on and the recurrence ψ′(x) = ψ′(x + 1) + 1/x² below.
 */
export function trigamma(x: number): number {
  if (!(x >= 0)) return NaN;
  let shifted = x;
  let sum = 0;
  while (shifted < 10) {
    sum += 1 / (shifted * shifted);
    shifted += 1;
  }
  const inverse = 1 / shifted;
  const inverseSquare = inverse * inverse;
  return sum + inverse * (1 + inverse / 2 + inverseSquare * polynomial(bernoulli, inverseSquare));
}
