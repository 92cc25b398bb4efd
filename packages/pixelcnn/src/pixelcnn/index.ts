import { definePlugin } from "@gen/core";
import { manifest } from "./manifest.js";
import { pixelCnnModel } from "./model.js";
import { trainer } from "./trainer.js";

/** Gated PixelCNNs of images as a plugin. */
export const pixelcnn = definePlugin({
  manifest,
  build: ({ spec, config, key, saved }) => pixelCnnModel(spec, config, key, saved),
  trainer,
});

export default pixelcnn;
export { manifest } from "./manifest.js";
