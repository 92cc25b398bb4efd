import { defineManifest } from "@gen/core/manifest";

export const normalManifest = defineManifest({
  id: "toy-normal",
  version: "1.0.0",
  title: { en: "Normal", zh: "正态" },
  summary: { en: "One cluster, or one for each class.", zh: "一个簇，或每类一个簇。" },
  capabilities: ["density", "sample", "features"],
  sometimes: {
    joint: "data with labels",
    classifier: "data with labels",
    conditional: "data with labels",
    latent: "data without labels",
    bound: "data without labels",
    codec: "data without labels",
    implicit: "data without labels",
  },
  data: [{ kind: "points", y: "optional" }],
  model: {
    spread: {
      type: "number",
      default: 3,
      minimum: 0.1,
      title: { en: "Spread", zh: "离散程度" },
      help: { en: "Standard deviation before training.", zh: "训练前的标准差。" },
    },
  },
  training: {},
  sampling: {},
  budget: { steps: 100, batch: 32 },
  references: ["Theoria motus corporum coelestium, Gauss, 1809"],
});
