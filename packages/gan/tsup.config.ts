import { genPackage } from "../../tsup.base.js";

export default genPackage({
  index: "src/index.ts",
  manifest: "src/manifest.ts",
  "dcgan/index": "src/dcgan/index.ts",
  "dcgan/manifest": "src/dcgan/manifest.ts",
});
