import { defineManifest, transportOptions } from "@gen/core/manifest";

export const shearManifest = defineManifest({
  id: "toy-shear",
  version: "1.0.0",
  title: { en: "Shear", zh: "剪切" },
  summary: { en: "Noise that is scaled and sheared.", zh: "缩放并剪切的噪声。" },
  capabilities: ["flow", "density", "sample"],
  data: [{ kind: "points", y: "none" }],
  model: {},
  training: {},
  sampling: transportOptions,
  budget: { steps: 100, batch: 32 },
  references: ["Theoria motus corporum coelestium, Gauss, 1809"],
});
