import { genPackage } from "../../tsup.base.js";

export default genPackage({
  index: "src/index.ts",
  "logistic-regression/index": "src/logistic-regression/index.ts",
  "logistic-regression/manifest": "src/logistic-regression/manifest.ts",
  "logistic-regression-worker": "src/logistic-regression/logistic-regression-worker.ts",
  "crf/index": "src/crf/index.ts",
  "crf/manifest": "src/crf/manifest.ts",
  "crf-worker": "src/crf/crf-worker.ts",
});
