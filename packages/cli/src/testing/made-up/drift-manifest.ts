import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "drift",
  version: "1.0.0",
  title: { en: "Drift", zh: "漂" },
  summary: { en: "Noise drifts to each class's mean.", zh: "噪声漂向每类的均值。" },
  capabilities: ["sample"],
  sometimes: { conditional: "data with labels" },
  data: [
    { kind: "points", y: "optional" },
    { kind: "images", y: "optional" },
    { kind: "table", y: "optional" },
    { kind: "codes", y: "optional" },
  ],
  model: {},
  training: {},
  sampling: { steps: { type: "integer", default: 4, minimum: 1, maximum: 1000 } },
  budget: { steps: 1, batch: 64 },
  references: [],
});
