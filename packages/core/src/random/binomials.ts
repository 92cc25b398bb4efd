import { InputError } from "../errors.js";
import { type Parameter, readParameter } from "./checks.js";
import { drawElements } from "./draw-elements.js";
import type { ElementSource } from "./element-source.js";
import { logGammaDraw } from "./gammas.js";
import { invert } from "./invert.js";
import type { Key } from "./types.js";

/**
 * `count` numbers of the binomial distribution (successes among `trials`), as float64 (they may pass 2^31); no
 * element depends on another. Parameters are one for all, or one each. Small means by inversion; otherwise the
 * trials are split at an order statistic of their uniform numbers, a beta number.
 *
 * Source: Non-uniform random variate generation, section X.4 (Devroye, 1986).
 *
 * @throws InputError if a number of trials is not an integer from 0 to 2^53 - 1, or a probability not in [0, 1].
 * @throws Error in development if the key object was drawn from before.
 */
export function binomials(key: Key, trials: Parameter, probability: Parameter, count: number): Float64Array {
  const trialsAt = readParameter("The number of trials", trials, count, {
    lowest: 0,
    highest: Number.MAX_SAFE_INTEGER,
  });
  const probabilityAt = readParameter("The probability", probability, count, { lowest: 0, highest: 1 });
  return drawElements(key, count, (source, i) => {
    const of = trialsAt(i);
    if (!Number.isInteger(of))
      throw new InputError(
        `The number of trials (element ${i}) must be an integer, but it is ${of}; pass one.`,
      );
    return binomialDraw(source, of, probabilityAt(i));
  });
}

/** One binomial number. */
export function binomialDraw(source: ElementSource, trials: number, probability: number): number {
  if (probability > 0.5) return trials - binomialDraw(source, trials, 1 - probability);
  if (trials * probability < 10) {
    const none = Math.exp(trials * Math.log1p(-probability));
    const odds = probability / (1 - probability);
    return invert(source.uniform(), none, (k) => ((trials - k + 1) / k) * odds);
  }
  // The rank-th smallest of `trials` uniform numbers is Beta(rank, trials + 1 - rank): as many successes as lie
  // below `probability`. Given it, the others are uniform on their side of it.
  const rank = Math.floor((trials + 1) * probability);
  const below = logGammaDraw(source, rank);
  const above = logGammaDraw(source, trials + 1 - rank);
  const split = 1 / (1 + Math.exp(above - below));
  return split <= probability
    ? rank + binomialDraw(source, trials - rank, (probability - split) / (1 - split))
    : binomialDraw(source, rank - 1, probability / split);
}
