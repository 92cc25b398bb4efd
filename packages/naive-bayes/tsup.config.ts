import { genPackage } from "../../tsup.base.js";

export default genPackage({
  index: "src/index.ts",
  manifest: "src/manifest.ts",
  worker: "src/worker.ts",
  "complement/index": "src/complement/index.ts",
  "complement/manifest": "src/complement/manifest.ts",
});
