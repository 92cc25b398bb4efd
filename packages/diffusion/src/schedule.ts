import { InputError } from "@gen/core/manifest";

/** A place between data and noise: x = α x₀ + σ ε with α² + σ² = 1. */
export interface Level {
  /** From 0, the least noise, to T - 1; places between whole times are levels too. */
  readonly time: number;
  readonly alpha: number;
  readonly sigma: number;
}

/** Where a draw ends: the data themselves. No network is asked there. */
export const clean: Level = { time: -1, alpha: 1, sigma: 0 };

/** How noise grows over the times 0 … T - 1. */
export interface Schedule {
  /** The variance that each time adds. */
  readonly betas: Float64Array;
  /** ᾱ = Π (1 - β): what is left of the data's variance. */
  readonly alphaBars: Float64Array;
}

export type ScheduleName = "linear" | "cosine" | "scaled-linear";

/** A schedule of given variances. Throws `InputError` unless each lies between 0 and 1. */
export function scheduleOf(betas: Float64Array): Schedule {
  const wrong = betas.findIndex((beta) => !(beta > 0 && beta < 1));
  if (betas.length === 0 || wrong >= 0)
    throw new InputError(
      `A noise schedule needs variances between 0 and 1, but ${betas.length === 0 ? "there are none" : `number ${wrong} is ${betas[wrong]!}`}.`,
    );
  let product = 1;
  return { betas, alphaBars: betas.map((beta) => (product *= 1 - beta)) };
}

/** A published schedule over so many times; few of them go from data to noise as a thousand do. */
export const schedule = (name: ScheduleName, times: number): Schedule => scheduleOf(variances[name](times));

/** A thousand variances, taken together or apart so that there are as many as wanted. */
function respaced(times: number, variance: (t: number) => number): Float64Array {
  const kept = [0];
  for (let t = 0; t < 1000; t++) kept.push(kept[t]! + Math.log1p(-variance(t)));
  /** log ᾱ after a share of the way. */
  const after = (share: number): number => {
    const t = Math.min(999, Math.floor(1000 * share));
    return kept[t]! + (kept[t + 1]! - kept[t]!) * (1000 * share - t);
  };
  return Float64Array.from(
    { length: times },
    (_, t) => -Math.expm1(after((t + 1) / times) - after(t / times)),
  );
}

const variances: Readonly<Record<ScheduleName, (times: number) => Float64Array>> = {
  /** Denoising diffusion probabilistic models (Ho, Jain & Abbeel, 2020). */
  linear: (times) => respaced(times, (t) => 1e-4 + ((0.02 - 1e-4) * t) / 999),
  /** High-resolution image synthesis with latent diffusion models (Rombach et al., 2022). */
  "scaled-linear"(times) {
    const [from, to] = [Math.sqrt(0.00085), Math.sqrt(0.012)];
    return respaced(times, (t) => (from + ((to - from) * t) / 999) ** 2);
  },
  /** Improved denoising diffusion probabilistic models (Nichol & Dhariwal, 2021). */
  cosine(times) {
    const kept = (t: number): number => Math.cos(((t / times + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
    return Float64Array.from({ length: times }, (_, t) => Math.min(0.999, 1 - kept(t + 1) / kept(t)));
  },
};

/** σ / α of a whole time. */
const ratioAt = ({ alphaBars }: Schedule, time: number): number =>
  Math.sqrt((1 - alphaBars[time]!) / alphaBars[time]!);

/** The level of a time. Between whole times log σ / α is interpolated. Throws `InputError` outside 0 … T - 1. */
export function levelAt(schedule: Schedule, time: number): Level {
  const last = schedule.alphaBars.length - 1;
  if (!(time >= 0 && time <= last))
    throw new InputError(`The time ${time} is not one from 0 to ${last} of this schedule.`);
  const before = Math.floor(time);
  if (before === time) {
    const kept = schedule.alphaBars[time]!;
    return { time, alpha: Math.sqrt(kept), sigma: Math.sqrt(1 - kept) };
  }
  const [low, high] = [ratioAt(schedule, before), ratioAt(schedule, before + 1)];
  const ratio = low * (high / low) ** (time - before);
  const alpha = 1 / Math.sqrt(1 + ratio ** 2);
  return { time, alpha, sigma: ratio * alpha };
}

/** The time at which σ / α has a value; the nearest where none has it. */
export function timeOf(schedule: Schedule, ratio: number): number {
  let [low, high] = [0, schedule.alphaBars.length - 1];
  if (ratio <= ratioAt(schedule, low)) return low;
  if (ratio >= ratioAt(schedule, high)) return high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ratioAt(schedule, middle) <= ratio) low = middle;
    else high = middle;
  }
  const [from, to] = [ratioAt(schedule, low), ratioAt(schedule, high)];
  return low + Math.log(ratio / from) / Math.log(to / from);
}

/** α² / σ², the ratio of signal to noise. */
export const signalToNoise = ({ alpha, sigma }: Level): number => (alpha / sigma) ** 2;

/** q(x_to | x_from, x₀) = N(dataWeight x₀ + noisyWeight x_from, variance), for a level and one with less noise. */
export interface Posterior {
  readonly dataWeight: number;
  readonly noisyWeight: number;
  readonly variance: number;
}

/** The posterior of one step back (Ho, Jain & Abbeel, 2020, equations 6 and 7), for levels any distance apart. */
export function posterior(from: Level, to: Level): Posterior {
  const kept = (from.alpha / to.alpha) ** 2;
  const [before, after] = [from.sigma ** 2, to.sigma ** 2];
  return {
    dataWeight: (to.alpha * (1 - kept)) / before,
    noisyWeight: (Math.sqrt(kept) * after) / before,
    variance: (after / before) * (1 - kept),
  };
}
