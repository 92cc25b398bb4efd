import { polynomial } from "./polynomial.js";

const oneMinusEuler = 0.42278433509846713;

/** (-1)ᵏ (ζ(k) - 1) / k for k = 2, 3, …: the Taylor series of log Γ(2 + w) after its linear term. */
const zetaTerms = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
  -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6,
  -2.039215753801366e-6, 9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7,
  -1.0043224823968099e-7, 4.7698101693639804e-8, -2.2711094608943164e-8, 1.0838659214896955e-8,
  -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9, 5.731367241678862e-10,
  -2.7595228851242334e-10,
] as const;

/** B₂ₖ / (2k (2k - 1)) for k = 1, 2, … */
const stirlingTerms = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;

/** log Γ(2 + w) for |w| ≤ 1/2. */
const logGammaNearTwo = (w: number): number => w * (oneMinusEuler + w * polynomial(zetaTerms, w));

/** log Γ(1 + x) for x in [0, 3/2], with full relative accuracy near x = 0 and x = 1. */
export function logGammaOnePlus(x: number): number {
  return x < 0.5 ? logGammaNearTwo(x) - Math.log1p(x) : logGammaNearTwo(x - 1);
}

/** What Stirling's formula lacks: log Γ(x) - [(x - 1/2) log x - x + log(2π)/2], for x > 0. */
export function stirlingCorrection(x: number): number {
  if (x < 10) return logGamma(x) - ((x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2);
  const inverse = 1 / x;
  return inverse * polynomial(stirlingTerms, inverse * inverse);
}

/**
 * log Γ(x) for x > 0; Infinity at 0, NaN below. Relative error about 1e-15, also near the zeros at 1 and 2.
 *
 * Taylor's series about 2 with the recurrence Γ(x + 1) = x Γ(x), and Stirling's series from 10 on.
 */
export function logGamma(x: number): number {
  if (!(x >= 0)) return NaN;
  if (x === 0 || x === Infinity) return Infinity;
  if (x < 0.5) return logGammaOnePlus(x) - Math.log(x);
  if (x < 1.5) return logGammaNearTwo(x - 1) - Math.log1p(x - 1);
  if (x <= 2.5) return logGammaNearTwo(x - 2);
  if (x < 10) {
    let product = 1;
    let reduced = x;
    while (reduced > 2.5) {
      reduced -= 1;
      product *= reduced;
    }
    return Math.log(product) + logGammaNearTwo(reduced - 2);
  }
  return (x - 0.5) * (Math.log(x) - 1) + (Math.log(2 * Math.PI) - 1) / 2 + stirlingCorrection(x);
}
