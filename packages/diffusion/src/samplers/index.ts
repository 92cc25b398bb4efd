import type { SamplerName } from "../options.js";
import { ddim } from "./ddim.js";
import { ddpm } from "./ddpm.js";
import { dpmSolver } from "./dpm-solver.js";
import { euler, heun } from "./heun.js";
import type { Sampler } from "./sampler.js";

export const samplers: Readonly<Record<SamplerName, Sampler>> = {
  ddpm,
  ddim,
  euler,
  heun,
  "dpm-solver++": dpmSolver,
};
