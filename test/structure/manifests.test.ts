import { expect, it } from "vitest";
import { made, madeFamily } from "./made.js";
import { manifests } from "./manifests.js";

const exports = {
  ".": { "@gen/source": "./src/index.ts", types: "", default: "" },
  "./manifest": { "@gen/source": "./src/manifest.ts", types: "", default: "" },
};
const core = made(
  "packages/core",
  { exports },
  {
    "src/index.ts": 'export * from "./backend.js";',
    "src/backend.ts": 'import "#gradients";',
    "src/manifest.ts": 'import type { Tensor } from "@tensorflow/tfjs-core"; export * from "./schema.js";',
    "src/schema.ts": 'import "./manifest.js";',
  },
);
const vae = (manifest: string, model = "") =>
  madeFamily("packages/vae", {}, { "src/manifest.ts": manifest, "src/model.ts": model });

it("a manifest may use core's manifest entry and types", () => {
  const text =
    'import { defineManifest } from "@gen/core/manifest"; import type { Model } from "./model.js";';
  expect(manifests([core, vae(text, 'import { add } from "@tensorflow/tfjs-core";')])).toEqual([]);
});

it.each([
  ["itself", 'import { add } from "@tensorflow/tfjs-core";', ""],
  ["its model", 'import { model } from "./model.js";', 'import { add } from "@tensorflow/tfjs-core";'],
  ["core's main entry", 'import { plugin } from "@gen/core";', ""],
  ["a dynamic import", 'const later = import("./model.js");', 'import { add } from "@tensorflow/tfjs-core";'],
])("a manifest must not reach TensorFlow.js by %s", (_, manifest, model) => {
  const found = manifests([core, vae(manifest, model)]);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain("packages/vae/src/manifest.ts → ");
});
