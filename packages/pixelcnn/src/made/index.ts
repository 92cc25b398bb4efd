import { definePlugin } from "@gen/core";
import { manifest } from "./manifest.js";
import { madeModel } from "./model.js";
import { trainer } from "./trainer.js";

/** Masked autoencoders of images as a plugin. */
export const made = definePlugin({
  manifest,
  build: ({ spec, config, key, saved }) => madeModel(spec, config, key, saved),
  trainer,
});

export default made;
export { manifest } from "./manifest.js";
