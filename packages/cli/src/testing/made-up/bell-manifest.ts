import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "bell",
  version: "1.2.3",
  title: { en: "Bell", zh: "钟" },
  summary: { en: "One round bell for each class.", zh: "每类一个圆钟。" },
  capabilities: ["density", "sample"],
  sometimes: { joint: "data with labels", conditional: "data with labels" },
  data: [
    { kind: "table", y: "optional" },
    { kind: "points", y: "optional" },
  ],
  model: {
    width: {
      type: "number",
      default: 1,
      minimum: 0.01,
      maximum: 100,
      help: { en: "Deviation.", zh: "标准差。" },
    },
    components: { type: "integer", default: 1, minimum: 1, maximum: 100 },
  },
  training: {
    rate: {
      type: "number",
      default: 0.1,
      minimum: 0,
      maximum: 10,
      help: { en: "Share of a step.", zh: "步长。" },
    },
    jitter: { type: "number", default: 0.01, minimum: 0 },
  },
  sampling: {},
  budget: { steps: 20, batch: 16 },
  presets: { narrow: { model: { width: 0.5 }, training: { rate: 0.2 } } },
  references: ["Made up, for tests"],
});
