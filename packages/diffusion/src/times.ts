import type { Spacing } from "./options.js";
import { clean, levelAt, timeOf, type Level, type Schedule } from "./schedule.js";

/**
 * Noise levels σ / α from the largest to the smallest, closer together where there is little noise (Elucidating the
 * design space of diffusion-based generative models, Karras et al., 2022, equation 5).
 */
export function karrasSigmas(
  count: number,
  {
    smallest,
    largest,
    rho = 7,
  }: { readonly smallest: number; readonly largest: number; readonly rho?: number },
): Float64Array {
  const [from, to] = [largest ** (1 / rho), smallest ** (1 / rho)];
  return Float64Array.from(
    { length: count },
    (_, i) => (from + ((to - from) * i) / Math.max(1, count - 1)) ** rho,
  );
}

/**
 * The least share of the data where a draw begins: with less, what a network says of the noise would tell the data only
 * after a division that makes errors larger than they are.
 */
const leastSignal = 0.005;

/**
 * The levels that a draw of so many steps visits, from the noisiest of the schedule that tells of the data to the data:
 * one more than steps, of which there are at most as many as such times.
 */
export function levelsOf(schedule: Schedule, steps: number, spacing: Spacing): readonly Level[] {
  const last = schedule.alphaBars.findLastIndex((kept) => kept >= leastSignal ** 2);
  const count = Math.min(steps, last + 1);
  const times = spacing === "karras" ? karrasTimes(schedule, last, count) : uniformTimes(last, count);
  return [...times.map((time) => levelAt(schedule, time)), clean];
}

/** Whole times, both ends among them: all of them when there are as many steps. */
const uniformTimes = (last: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, i) => Math.round(last - (last * i) / Math.max(1, steps - 1)));

function karrasTimes(schedule: Schedule, last: number, steps: number): number[] {
  const ratio = (time: number): number => {
    const { alpha, sigma } = levelAt(schedule, time);
    return sigma / alpha;
  };
  const range = { smallest: ratio(0), largest: ratio(last) };
  return Array.from(karrasSigmas(steps, range), (sigma) => timeOf(schedule, sigma));
}
