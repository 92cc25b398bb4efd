import { add, mul, reshape, square, sub, sum, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { normal, uniforms64 } from "@gen/core/random";
import { levelAt, signalToNoise, type Level, type Schedule } from "./schedule.js";
import type { Space } from "./space.js";
import { mixed, perRow } from "./targets.js";

/** What a bound is made of. */
export interface BoundParts {
  readonly schedule: Schedule;
  readonly space: Pick<Space, "logProb" | "isContinuous">;
  /** What is expected of the data in x, at the time of each row. */
  expected(x: Tensor, times: Int32Array): Tensor;
}

/**
 * The variational bound of log p(x₀) in nats, [rows]: log p(x₀ | x_1) - Σ KL(q(x_{t-1} | x_t, x₀) ‖ p(x_{t-1} | x_t)) -
 * KL(q(x_T | x₀) ‖ N(0, I)) (Denoising diffusion probabilistic models, Ho, Jain & Abbeel, 2020, equation 5). The sum
 * over t is estimated without bias from as many times as samples.
 */
export const elbo = (parts: BoundParts, x: Tensor, key: Key, samples: number): Tensor =>
  tidy(() => {
    const { schedule } = parts;
    const fixed = sub(
      -excess(parts, x),
      priorDivergence(x, levelAt(schedule, schedule.alphaBars.length - 1)),
    );
    let total = mul(fixed, samples);
    for (let i = 0; i < samples; i++)
      total = tidy(() => {
        const own = key.fold(i);
        const stratum = uniforms64(own.fold("times"), x.shape[0]).map((u) => (i + u) / samples);
        const reconstructed = add(total, reconstruction(parts, x, own.fold("data")));
        return sub(reconstructed, divergence(parts, x, own.fold("noise"), stratum));
      });
    return mul(total, 1 / samples);
  });

/**
 * The variance of q(x_{t-1} | x_t, x₀) over that of p(x_{t-1} | x_t), which is the same for levels and β_t for
 * continuous data: the best choices for data that little noise leaves known, and for data that are smooth where the
 * noise is least (Ho, Jain & Abbeel, 2020, section 3.2).
 */
const ratioOf = ({ space: { isContinuous } }: BoundParts, before: Level, level: Level): number =>
  isContinuous ? (before.sigma / level.sigma) ** 2 : 1;

/** What the unlike variances add to all KL(q(x_{t-1} | x_t, x₀) ‖ p(x_{t-1} | x_t)) together. */
function excess(parts: BoundParts, x: Tensor): number {
  const levels = levelsOf(parts.schedule);
  const each = levels.slice(1).map((level, i) => {
    const ratio = ratioOf(parts, levels[i]!, level);
    return (ratio - 1 - Math.log(ratio)) / 2;
  });
  return (x.size / x.shape[0]) * each.reduce((sum, value) => sum + value, 0);
}

const levelsOf = (schedule: Schedule): readonly Level[] =>
  Array.from(schedule.alphaBars.keys(), (t) => levelAt(schedule, t));

const rowSums = (x: Tensor): Tensor => sum(reshape(x, [x.shape[0], -1]), 1);

/** KL(q(x_T | x₀) ‖ N(0, I)). */
const priorDivergence = (x: Tensor, { alpha, sigma }: Level): Tensor =>
  rowSums(mul(add(square(mul(x, alpha)), sigma ** 2 - 1 - Math.log(sigma ** 2)), 0.5));

/** log p(x₀ | x_1) of a drawn x_1, around what is expected of x₀ there. */
function reconstruction(parts: BoundParts, x: Tensor, key: Key): Tensor {
  const level = levelAt(parts.schedule, 0);
  const noisy = mixed({ data: x, noise: normal(key, x.shape) }, level);
  const mean = parts.expected(noisy, new Int32Array(x.shape[0]));
  return parts.space.logProb(x, mean, level.sigma);
}

/** What unlike means add to all of them, estimated from one t per row that a number in [0, 1) chooses. */
function divergence(parts: BoundParts, x: Tensor, key: Key, chosen: Float64Array): Tensor {
  const terms = termsOf(parts, chosen);
  const numbers = (of: (term: Term) => number): Tensor => perRow(terms.map(of), x);
  const mix = { alpha: numbers(({ level }) => level.alpha), sigma: numbers(({ level }) => level.sigma) };
  const noisy = mixed({ data: x, noise: normal(key, x.shape) }, mix);
  const times = terms.map(({ level }) => level.time);
  const error = square(sub(x, parts.expected(noisy, Int32Array.from(times))));
  const weights = numbers(({ weight }) => weight);
  return rowSums(mul(error, weights));
}

/** A term of the sum over t: its level, and what ‖x₀ - x̂₀‖² is multiplied with to estimate the whole. */
interface Term {
  readonly level: Level;
  readonly weight: number;
}

/**
 * The terms that numbers in [0, 1) choose. With like variances each KL is (SNR(t - 1) - SNR(t)) / 2 ‖x₀ - x̂₀‖²
 * (Variational diffusion models, Kingma et al., 2021, equation 13).
 */
function termsOf(parts: BoundParts, chosen: Float64Array): Term[] {
  const levels = levelsOf(parts.schedule);
  const shares = sharesOf(levels);
  return Array.from(chosen, (u) => {
    let [low, high] = [0, levels.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (shares[middle]! <= u) low = middle;
      else high = middle;
    }
    const [before, level] = [levels[low]!, levels[high]!];
    const factor = ((signalToNoise(before) - signalToNoise(level)) / 2) * ratioOf(parts, before, level);
    return { level, weight: factor / (shares[high]! - shares[low]!) };
  });
}

/**
 * With which probability a term up to each time is chosen: by halves in proportion to what the terms come to for an
 * exact denoiser of standard normal data, log σ_t² - log σ_{t-1}², and for one that tells no noise, the same of the
 * ratio of noise to signal. So no term is much rarer than it is large.
 */
function sharesOf(levels: readonly Level[]): Float64Array {
  const risen = (of: (level: Level) => number): readonly number[] => {
    const [first, last] = [of(levels[0]!), of(levels.at(-1)!)];
    return levels.map((level) => (of(level) - first) / (last - first));
  };
  const exact = risen(({ sigma }) => Math.log(sigma));
  const ignorant = risen((level) => -Math.log(signalToNoise(level)));
  return Float64Array.from(exact, (share, t) => (share + ignorant[t]!) / 2);
}
