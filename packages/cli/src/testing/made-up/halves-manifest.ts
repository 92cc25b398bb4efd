import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "halves",
  version: "1.0.0",
  title: { en: "Halves", zh: "半" },
  summary: { en: "Keeps every second number.", zh: "每两个数保留一个。" },
  capabilities: ["codec", "features"],
  data: [
    { kind: "images", y: "none" },
    { kind: "points", y: "none" },
    { kind: "table", y: "none" },
  ],
  model: {},
  training: {},
  sampling: {},
  budget: { steps: 1, batch: 64 },
  references: [],
});
