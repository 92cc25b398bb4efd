import { cast, equal, expandDims, range, tidy, type Tensor } from "@tensorflow/tfjs-core";

/** Classes [rows] as [rows, levels] float32 with a one each; TensorFlow.js' own refuses a single level. */
export const oneHot = (classes: Tensor, levels: number): Tensor =>
  tidy(() => cast(equal(expandDims(cast(classes, "int32"), 1), range(0, levels, 1, "int32")), "float32"));
