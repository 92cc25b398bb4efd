import { definePlugin, identity, standardise, xFields } from "@gen/core";
import { denoiseDefinition } from "./denoise.js";
import { manifest } from "./manifest.js";
import { Diffusion } from "./model.js";
import { trainer } from "./trainer.js";

/** Diffusion models as a plugin: numbers are standardised, levels of images are taken as they are. */
export const diffusion = definePlugin({
  manifest,
  encoding: (data) =>
    Object.values(xFields(data.spec)).some(({ type }) => type === "real")
      ? standardise(data)
      : identity(data.spec),
  build: ({ spec, config, key, saved }) => new Diffusion(spec, config, key, saved),
  trainer,
  defines: { denoise: denoiseDefinition },
});

export default diffusion;
export { manifest } from "./manifest.js";
export { Diffusion, type DiffusionConfig } from "./model.js";
export { denoisingError, trainer, type DiffusionTraining } from "./trainer.js";
export type { Denoise } from "./denoise.js";
export { levelAt, schedule, scheduleOf, type Level, type Schedule } from "./schedule.js";
export type { Parts } from "./targets.js";
