import { polynomial } from "./polynomial.js";

/** The positive zero of ψ in two parts. */
const zeroHigh = 1.4616321449683622;
const zeroLow = 9.549995429965697e-17;

/** ψ⁽ᵏ⁾(zero) / k! for k = 1, 2, … (computed to 50 digits). */
const taylorTerms = [
  0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237,
  -0.07219956125645471, 0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896,
  0.010538791616612175, -0.007204534386356869, 0.004926781395729853, -0.003369801655439328,
  0.002305126326734928, -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052,
  0.000504953265834602, -0.0003454680251063077, 0.00023635601564027053, -0.00016170622091974803,
  0.0001106337276874741, -7.569179582195066e-5, 5.178575795222081e-5, -3.5430070947659604e-5,
  2.424006611860132e-5,
] as const;

/** B₂ₖ / 2k for k = 1, 2, … */
const asymptoticTerms = [
  1 / 12,
  -1 / 120,
  1 / 252,
  -1 / 240,
  1 / 132,
  -691 / 32760,
  1 / 12,
  -3617 / 8160,
] as const;

/**
 * The digamma function ψ(x) = d/dx log Γ(x) for x > 0; -Infinity at 0, NaN below.
 *
 * The asymptotic series from 10 on, the recurrence ψ(x) = ψ(x + 1) - 1/x below, and Taylor's series about the
 * positive zero, which keeps the relative accuracy there.
 */
export function digamma(x: number): number {
  if (!(x >= 0)) return NaN;
  const distance = x - zeroHigh - zeroLow;
  if (Math.abs(distance) < 0.35) return distance * polynomial(taylorTerms, distance);
  let shifted = x;
  let sum = 0;
  while (shifted < 10) {
    sum -= 1 / shifted;
    shifted += 1;
  }
  const inverseSquare = 1 / (shifted * shifted);
  return sum + Math.log(shifted) - 0.5 / shifted - inverseSquare * polynomial(asymptoticTerms, inverseSquare);
}
