import type { GradConfig } from "@tensorflow/tfjs-core";
import { constantIn } from "./gradient.js";

const comparisons = [
  "Equal",
  "NotEqual",
  "Greater",
  "GreaterEqual",
  "Less",
  "LessEqual",
  "LogicalAnd",
  "LogicalOr",
];

/** Zero gradients of what is piecewise constant, so that masks may stand on the path of a gradient. */
export const constantGradients = (): GradConfig[] => [
  ...comparisons.map((kernelName) => constantIn(kernelName, ["a", "b"])),
  constantIn("LogicalNot", ["x"]),
  constantIn("All", ["x"]),
  constantIn("Any", ["x"]),
  // TensorFlow.js gives the gradient of a/b itself.
  constantIn("FloorDiv", ["a", "b"]),
];
