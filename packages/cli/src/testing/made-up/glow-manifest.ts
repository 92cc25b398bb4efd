import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "glowing",
  version: "1.0.0",
  title: { en: "Glowing", zh: "亮" },
  summary: { en: "Lights the mean picture up.", zh: "点亮平均图像。" },
  capabilities: ["sample"],
  data: [{ kind: "images", y: "none" }],
  model: {},
  training: {},
  sampling: {},
  budget: { steps: 1, batch: 64 },
  references: [],
});
