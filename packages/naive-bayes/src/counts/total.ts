import { logFactorial, logGamma } from "@gen/core/float64";
import { mergeMoments } from "../reals/merge.js";
import type { Moments } from "../reals/moments.js";

/** How many events a row has in all, whatever its class: mean and variance over the rows. */
export interface TotalMoments {
  readonly weight: number;
  readonly mean: number;
  readonly second: number;
}

/**
 * The total is a Poisson number whose rate is the mean times a gamma number of mean 1 and shape `successes`: negative
 * binomial, as spread as the data's totals; Poisson where they are no more spread than that.
 */
export interface Total {
  readonly mean: number;
  /** Infinity: no spread of the rate. */
  readonly successes: number;
}

export function totalOf({ weight, mean, second }: TotalMoments): Total {
  if (!(weight > 0)) return { mean: 1, successes: Infinity };
  const excess = second / weight - mean;
  return { mean, successes: excess > 0 ? (mean * mean) / excess : Infinity };
}

/** log P(n) of a part of the events, whose share of the mean is `share`, in nats. */
export function logTotal({ mean, successes }: Total, n: number, share: number): number {
  const rate = mean * share;
  if (rate === 0) return n === 0 ? 0 : -Infinity;
  if (successes === Infinity) return n * Math.log(rate) - rate - logFactorial(n);
  const odds = rate / successes;
  return (
    logGamma(n + successes) -
    logGamma(successes) -
    logFactorial(n) +
    n * (Math.log(odds) - Math.log1p(odds)) -
    successes * Math.log1p(odds)
  );
}

/** Of several rows' totals; those that are not known, NaN, are left out. */
export function momentsOfTotals(totals: Float64Array, weights: Float64Array): TotalMoments {
  let [weight, sum] = [0, 0];
  totals.forEach((total, row) => {
    if (Number.isNaN(total)) return;
    weight += weights[row]!;
    sum += weights[row]! * total;
  });
  if (!(weight > 0)) return { weight: 0, mean: 0, second: 0 };
  const mean = sum / weight;
  let second = 0;
  totals.forEach((total, row) => {
    if (!Number.isNaN(total)) second += weights[row]! * (total - mean) ** 2;
  });
  return { weight, mean, second };
}

/** Of both. */
export function mergeTotals(a: TotalMoments, b: TotalMoments): TotalMoments {
  const { weights, means, second } = mergeMoments(asMoments(a), asMoments(b));
  return { weight: weights[0]!, mean: means[0]!, second: second[0]! };
}

const asMoments = ({ weight, mean, second }: TotalMoments): Moments => ({
  weights: Float64Array.of(weight),
  means: Float64Array.of(mean),
  second: Float64Array.of(second),
});
