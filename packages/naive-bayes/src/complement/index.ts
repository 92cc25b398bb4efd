import { definePlugin } from "@gen/core";
import { manifest } from "./manifest.js";
import { ComplementNaiveBayes } from "./model.js";
import { trainer } from "./trainer.js";

/** Complement naive Bayes as a plugin. */
export const complementNaiveBayes = definePlugin({
  manifest,
  build: ({ spec, config, saved }) => new ComplementNaiveBayes(spec, config, saved),
  trainer,
});

export default complementNaiveBayes;
export { manifest } from "./manifest.js";
export { ComplementNaiveBayes } from "./model.js";
export { complementWeights, type ComplementConfig } from "./weights.js";
