import { add, mul, type Tensor } from "@tensorflow/tfjs-core";
import type { Level } from "../schedule.js";
import type { Sampler } from "./sampler.js";

/**
 * x moved along the probability flow, whose slope is the noise: d(x / α) / d(σ / α) = ε (Denoising diffusion implicit
 * models, Song, Meng & Ermon, 2021, equation 14).
 */
function flowed(x: Tensor, slope: Tensor, from: Level, to: Level): Tensor {
  const scale = to.alpha / from.alpha;
  return add(mul(x, scale), mul(slope, to.sigma - from.sigma * scale));
}

/** Euler's method on the probability flow: of first order. */
export const euler: Sampler = (expect, { x, from, to }) => {
  const { data, noise } = expect(x, from);
  return { x: flowed(x, noise, from, to), data };
};

/**
 * Heun's method on the probability flow: of second order, by a second slope at the end of the step; the last step, to
 * no noise, is Euler's (Elucidating the design space of diffusion-based generative models, Karras et al., 2022).
 */
export const heun: Sampler = (expect, step) => {
  const { x, from, to } = step;
  const first = expect(x, from);
  const guess = flowed(x, first.noise, from, to);
  if (to.sigma === 0) return { x: guess, data: first.data };
  const second = expect(guess, to);
  return { x: flowed(x, mul(add(first.noise, second.noise), 0.5), from, to), data: first.data };
};
