import { binomialDraw } from "./binomials.js";
import { type Parameter, readParameter } from "./checks.js";
import { drawElements } from "./draw-elements.js";
import type { ElementSource } from "./element-source.js";
import { logGammaDraw } from "./gammas.js";
import { invert } from "./invert.js";
import type { Key } from "./types.js";

/**
 * `count` numbers of the Poisson distribution, as float64 (they may pass 2^31); no element depends on another.
 * One rate for all, or one each. Small rates by inversion; a large one is first brought down by the time of the
 * m-th arrival, a gamma number.
 *
 * Source: Computer methods for sampling from gamma, beta, Poisson and binomial distributions (Ahrens, Dieter, 1974).
 *
 * @throws InputError if a rate does not lie from 0 to 2^53 - 1.
 * @throws Error in development if the key object was drawn from before.
 */
export function poissons(key: Key, rate: Parameter, count: number): Float64Array {
  const at = readParameter("The rate", rate, count, { lowest: 0, highest: Number.MAX_SAFE_INTEGER });
  return drawElements(key, count, (source, i) => poissonDraw(source, at(i)));
}

/** One Poisson number. */
function poissonDraw(source: ElementSource, rate: number): number {
  if (rate < 10) return invert(source.uniform(), Math.exp(-rate), (k) => rate / k);
  const arrivals = Math.floor(rate);
  const time = Math.exp(logGammaDraw(source, arrivals));
  return time <= rate
    ? arrivals + poissonDraw(source, rate - time)
    : binomialDraw(source, arrivals - 1, rate / time);
}
