import { genPackage } from "../../tsup.base.js";

export default genPackage({
  index: "src/index.ts",
  "made/index": "src/made/index.ts",
  "made/manifest": "src/made/manifest.ts",
  "pixelcnn/index": "src/pixelcnn/index.ts",
  "pixelcnn/manifest": "src/pixelcnn/manifest.ts",
});
