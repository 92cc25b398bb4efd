import { type Parameter, readParameter } from "./checks.js";
import { drawElements } from "./draw-elements.js";
import type { ElementSource } from "./element-source.js";
import type { Key } from "./types.js";

/**
 * `count` float64 numbers of the gamma distribution with rate 1, density x^(concentration - 1) exp(-x) /
 * Gamma(concentration), exactly by rejection; no element depends on another. One concentration for all, or one
 * each. A number below 1e-308 (concentrations far below 1) comes as 0: use `logGammas` there.
 *
 * Source: A simple method for generating gamma variables (Marsaglia, Tsang, 2000).
 *
 * @throws InputError if a concentration is not a finite number above 0.
 * @throws Error in development if the key object was drawn from before.
 */
export const gammas = (key: Key, concentration: Parameter, count: number): Float64Array =>
  logGammas(key, concentration, count).map(Math.exp);

/**
 * The logarithms of the numbers that `gammas` draws from the same key, finite for every concentration: what
 * beta and Dirichlet draws are to be normalised from.
 *
 * Source: A simple method for generating gamma variables (Marsaglia, Tsang, 2000).
 *
 * @throws InputError if a concentration is not a finite number above 0.
 * @throws Error in development if the key object was drawn from before.
 */
export function logGammas(key: Key, concentration: Parameter, count: number): Float64Array {
  const at = readParameter("The concentration", concentration, count, {
    lowest: 0,
    open: true,
    highest: Number.MAX_VALUE,
  });
  return drawElements(key, count, (source, i) => logGammaDraw(source, at(i)));
}

/** The logarithm of one gamma number. */
export function logGammaDraw(source: ElementSource, concentration: number): number {
  // Gamma(a) = Gamma(a + 1) U^(1 / a): section 6 of the paper.
  if (concentration < 1)
    return logGammaDraw(source, concentration + 1) + Math.log(source.uniform()) / concentration;
  const d = concentration - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = source.normal();
    if (c * x <= -1) continue;
    const logV = 3 * Math.log1p(c * x);
    // d (1 - v + log v) as d (log v - expm1(log v)): v is near 1 when the concentration is large.
    if (Math.log(source.uniform()) < 0.5 * x * x + d * (logV - Math.expm1(logV))) return Math.log(d) + logV;
  }
}
