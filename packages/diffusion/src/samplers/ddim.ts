import { add, mul } from "@tensorflow/tfjs-core";
import { posterior } from "../schedule.js";
import { mixed } from "../targets.js";
import type { Sampler } from "./sampler.js";

/**
 * Denoising diffusion implicit models (Song, Meng & Ermon, 2021, equation 12): η = 0 draws no noise on the way, η = 1
 * as much as ancestral sampling.
 */
export const ddim: Sampler = (expect, { x, from, to, eta, draw }) => {
  const parts = expect(x, from);
  const fresh = eta * Math.sqrt(posterior(from, to).variance);
  const kept = mixed(parts, { alpha: to.alpha, sigma: Math.sqrt(Math.max(0, to.sigma ** 2 - fresh ** 2)) });
  return { x: fresh > 0 ? add(kept, mul(draw(), fresh)) : kept, data: parts.data };
};
