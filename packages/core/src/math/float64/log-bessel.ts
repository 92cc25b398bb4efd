/** Σ (x²/4)ᵏ / (k! (k + order)!) without its first factor: I_order(x) / ((x/2)^order / order!). */
function powerSeries(x: number, order: 0 | 1): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 0;
  for (let k = 1; term > 1e-18 * sum; k++) {
    term *= quarter / (k * (k + order));
    sum += term;
  }
  return sum;
}

/** Hankel's expansion: exp(-x) √(2πx) I_order(x) - 1, for x ≥ 20. */
function hankelSeries(x: number, order: 0 | 1): number {
  const mu = 4 * order * order;
  let term = 1;
  let sum = 0;
  for (let k = 1; Math.abs(term) > 1e-18 && k < 36; k++) {
    term *= -(mu - (2 * k - 1) ** 2) / (8 * k * x);
    sum += term;
  }
  return sum;
}

/** x - log √(2πx) + log(1 + hankelSeries). */
const logLarge = (x: number, order: 0 | 1): number =>
  x - Math.log(2 * Math.PI * x) / 2 + Math.log1p(hankelSeries(x, order));

/**
 * log I₀(x), the modified Bessel function of the first kind, for any real x without overflow.
 *
 * Source: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (1964), 9.6.10 and 9.7.1.
 */
export function logBesselI0(x: number): number {
  const size = Math.abs(x);
  if (size === Infinity) return Infinity;
  return size < 20 ? Math.log1p(powerSeries(size, 0)) : logLarge(size, 0);
}

/**
 * log I₁(x) for x ≥ 0, -Infinity at 0, NaN below; no overflow.
 *
 * Source: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (1964), 9.6.10 and 9.7.1.
 */
export function logBesselI1(x: number): number {
  if (!(x >= 0)) return NaN;
  if (x === Infinity) return Infinity;
  return x < 20 ? Math.log(x / 2) + Math.log1p(powerSeries(x, 1)) : logLarge(x, 1);
}
