import { definePlugin } from "@gen/core";
import { manifest } from "./manifest.js";
import { LogisticRegression } from "./model.js";
import { trainer } from "./trainer.js";

/** Logistic regression as a plugin. */
export const logisticRegression = definePlugin({
  manifest,
  build: ({ spec, config, saved }) => new LogisticRegression(spec, config, saved),
  trainer,
});

export default logisticRegression;
export { manifest } from "./manifest.js";
export { LogisticRegression, type LogisticConfig } from "./model.js";
export { trainer, type LogisticTraining } from "./trainer.js";
