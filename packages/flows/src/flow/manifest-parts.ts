import { averageSetting, learningRateSetting } from "@gen/core/manifest";

/** What both manifests say of training. */
export const training = {
  learningRate: learningRateSetting,
  average: averageSetting,
} as const;

/** When an instance of either has a capability. */
export const sometimes = {
  density: "on continuous data",
  bound: "on images of grey levels, which are dequantised",
  flow: "without labels; with labels, given a class",
  joint: "on continuous data with labels",
  classifier: "on dequantised images with labels",
  conditional: "with labels",
} as const;
