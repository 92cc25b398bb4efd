import { defineManifest, symbolOptions } from "@gen/core/manifest";

export const rastersManifest = defineManifest({
  id: "toy-rasters",
  version: "1.0.0",
  title: { en: "Rasters", zh: "光栅" },
  summary: { en: "Each pixel depends on the one before.", zh: "每个像素只依赖前一个像素。" },
  capabilities: ["autoregressive", "density", "sample", "conditional"],
  data: [{ kind: "images", y: "none" }],
  model: {},
  training: {},
  sampling: symbolOptions,
  budget: { steps: 2, batch: 16 },
  references: ["An example of statistical investigation of the text Eugene Onegin, Markov, 1913"],
});
