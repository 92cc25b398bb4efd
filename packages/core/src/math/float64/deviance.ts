/**
 * x log(x / m) + m - x, the deviance of Poisson's saddle point expansion, without cancellation near x = m.
 *
 * Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000), `bd0`.
 */
export function deviance(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) - difference;
  const ratio = difference / (x + m);
  const square = ratio * ratio;
  let power = 2 * x * ratio;
  let sum = difference * ratio;
  for (let odd = 3; odd < 60; odd += 2) {
    power *= square;
    const next = sum + power / odd;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
