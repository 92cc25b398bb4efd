import { defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "marks",
  version: "1.0.0",
  title: { en: "Marks", zh: "记号" },
  summary: { en: "Gives every element the commonest tag.", zh: "给每个元素最常见的标签。" },
  capabilities: ["sequence"],
  data: [{ kind: "sequences", y: "required", gaps: true }],
  model: {},
  training: {},
  sampling: {},
  budget: { steps: 1, batch: 64 },
  references: [],
});
