import { definePlugin, standardise } from "@gen/core";
import { denseGan } from "./dense.js";
import { manifest } from "./manifest.js";
import { trainer } from "./trainer.js";

/** Generative adversarial networks of dense layers as a plugin. */
export const gan = definePlugin({
  manifest,
  encoding: (data) => standardise(data),
  build: ({ spec, config, key, saved }) => denseGan(spec, config, key, saved),
  trainer,
});

export default gan;
export { manifest } from "./manifest.js";
export { Gan } from "./model.js";
export { trainer, type GanTraining } from "./trainer.js";
