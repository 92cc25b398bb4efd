export { Lbfgs } from "./lbfgs.js";
export { OwlQn, type OwlQnOptions } from "./owl-qn.js";
export type { Minimiser, MinimiserOptions, Progress } from "./types.js";
