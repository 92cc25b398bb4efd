import { definePlugin } from "@gen/core";
import { manifest } from "./manifest.js";
import { NaiveBayes } from "./model.js";
import { trainer } from "./trainer.js";

/** Naive Bayes as a plugin. */
export const naiveBayes = definePlugin({
  manifest,
  build: ({ spec, config, saved }) => new NaiveBayes(spec, config, saved),
  trainer,
  *inspect(model: NaiveBayes) {
    const { logPriors } = model.learned;
    yield {
      view: "table",
      value: {
        columns: ["class", "rows", "p(class)"],
        rows: model.classes.map((name, c) => [
          name,
          model.statistics.classWeights[c]!,
          Math.exp(logPriors[c]!),
        ]),
      },
    };
  },
});

export default naiveBayes;
export { manifest } from "./manifest.js";
export { NaiveBayes } from "./model.js";
export type { NaiveBayesConfig } from "./config.js";
export { trainer, type NaiveBayesTraining } from "./trainer.js";
export { merge, without, type Statistics } from "./statistics.js";
export type { Part } from "./parts/part.js";
export type { Sums } from "./parts/sums.js";
