import { ancestralOptions, defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "letters",
  version: "1.0.0",
  title: { en: "Letters", zh: "字" },
  summary: { en: "Writes letters as often as they occur.", zh: "按出现频率写字。" },
  capabilities: ["sample", "conditional"],
  data: [{ kind: "text", y: "none" }],
  model: {},
  training: {},
  sampling: ancestralOptions,
  budget: { steps: 5, batch: 8 },
  references: ["Made up, for tests"],
});
