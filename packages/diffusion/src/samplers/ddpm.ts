import { add, mul } from "@tensorflow/tfjs-core";
import { posterior } from "../schedule.js";
import type { Sampler } from "./sampler.js";

/**
 * Ancestral sampling, x_to ~ q(x_to | x, x̂₀) (Denoising diffusion probabilistic models, Ho, Jain & Abbeel, 2020, with
 * the posterior's variance).
 */
export const ddpm: Sampler = (expect, { x, from, to, draw }) => {
  const { data } = expect(x, from);
  const { dataWeight, noisyWeight, variance } = posterior(from, to);
  const mean = add(mul(data, dataWeight), mul(x, noisyWeight));
  return { x: variance > 0 ? add(mean, mul(draw(), Math.sqrt(variance))) : mean, data };
};
