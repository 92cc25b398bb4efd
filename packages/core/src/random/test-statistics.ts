// What the tests of the samplers measure with. Computed here, apart from the math room, as an independent oracle.

/** n from the DKWM inequality for which a Kolmogorov-Smirnov gap of 0.02 is told from none, both errors 1e-6. */
export const sampleCount = 72_544;

/**
 * P(sup |F_n - F| > t) <= 2 exp(-2 n t^2) = 1e-6 at this t, just above 0.01: a right sampler passes with
 * probability 1 - 1e-6, and one whose distribution function is off by 0.02 or more fails with that probability.
 */
export const largestGap = Math.sqrt(Math.log(2 / 1e-6) / (2 * sampleCount));

/** The Kolmogorov-Smirnov gap between numbers and a continuous distribution function. */
export function kolmogorovGap(numbers: Iterable<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted.reduce((gap, x, i) => {
    const p = cdf(x);
    return Math.max(gap, (i + 1) / sorted.length - p, p - i / sorted.length);
  }, 0);
}

/** log Gamma(x) for x > 0: Stirling's series after shifting x above 15. */
export function logGamma(x: number): number {
  if (x < 15) return logGamma(x + 1) - Math.log(x);
  const r = 1 / (x * x);
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / x
  );
}

/** The regularized lower incomplete gamma function P(a, x): its series, or its continued fraction (Lentz). */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) sum += term *= x / (a + n);
    return front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return 1 - front * fraction;
}

export const normalCdf = (x: number): number => 0.5 * (1 + Math.sign(x) * gammaP(0.5, (x * x) / 2));

/** The p-value of a chi-square statistic. */
export const chiSquareTail = (statistic: number, degrees: number): number =>
  1 - gammaP(degrees / 2, statistic / 2);

/**
 * The p-value of Pearson's chi-square test of counts on 0, 1, … against probabilities: cells are merged from left
 * to right until each expects at least 5, the last one taking all the rest.
 */
export function chiSquare(numbers: Iterable<number>, mass: (k: number) => number, cells: number): number {
  const observed = new Float64Array(cells);
  let total = 0;
  for (const x of numbers) {
    observed[Math.min(x, cells - 1)]! += 1;
    total += 1;
  }
  let statistic = 0;
  let degrees = -1;
  let expectedBefore = 0;
  let expected = 0;
  let count = 0;
  for (let k = 0; k < cells; k++) {
    const last = k === cells - 1;
    expected += last ? total - expectedBefore - expected : total * mass(k);
    count += observed[k]!;
    if (!last && (expected < 5 || total - expectedBefore - expected < 5)) continue;
    statistic += (count - expected) ** 2 / expected;
    degrees += 1;
    expectedBefore += expected;
    expected = 0;
    count = 0;
  }
  return chiSquareTail(statistic, degrees);
}

/** The correlation of two equally long arrays. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const mean = (a: ArrayLike<number>): number => Array.from(a).reduce((s, v) => s + v, 0) / a.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
