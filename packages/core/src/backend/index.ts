export { install } from "./install.js";
export { logSoftmax } from "./log-softmax.js";
export {
  matrixProduct,
  multipliesNatively,
  type MatrixMultiplier,
  type ProductShape,
} from "./matrix-product.js";
export { releasingTape } from "./release-tape.js";
export { stopGradient } from "./stop-gradient.js";
export { tensorCount } from "./tensor-count.js";
export { useBackend, type BackendName, type BackendOptions } from "./use-backend.js";
