import { genPackage } from "../../tsup.base.js";

export default genPackage({
  index: "src/index.ts",
  manifest: "src/manifest.ts",
  backend: "src/backend/index.ts",
  "gradients.node": "src/backend/gradients.node.ts",
  "gradients.bundle": "src/backend/gradients.bundle.ts",
  parallel: "src/parallel/index.ts",
  math: "src/math/index.ts",
  float64: "src/math/float64/index.ts",
  random: "src/random/index.ts",
  distributions: "src/distributions/index.ts",
  bijectors: "src/bijectors/index.ts",
});
