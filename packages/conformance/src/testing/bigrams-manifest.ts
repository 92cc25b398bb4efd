import { ancestralOptions, defineManifest } from "@gen/core/manifest";

export const bigramsManifest = defineManifest({
  id: "toy-bigrams",
  version: "1.0.0",
  title: { en: "Bigrams", zh: "二元语法" },
  summary: { en: "Each character depends on the one before.", zh: "每个字符只依赖前一个字符。" },
  capabilities: ["autoregressive", "density", "sample", "conditional"],
  data: [{ kind: "text", y: "none" }],
  model: {},
  training: {
    smoothing: {
      type: "number",
      default: 0.5,
      minimum: 0,
      title: { en: "Smoothing", zh: "平滑" },
      help: { en: "Added to each count.", zh: "加到每个计数上的量。" },
    },
  },
  sampling: ancestralOptions,
  budget: { steps: 2, batch: 16 },
  references: ["An example of statistical investigation of the text Eugene Onegin, Markov, 1913"],
});
