import { genPackage } from "../../tsup.base.js";

export default genPackage({
  index: "src/index.ts",
  "realnvp/index": "src/realnvp/index.ts",
  "realnvp/manifest": "src/realnvp/manifest.ts",
  "glow/index": "src/glow/index.ts",
  "glow/manifest": "src/glow/manifest.ts",
});
