export { Lbfgs } from "./lbfgs.js";
export { OwlQn } from "./owl-qn.js";
export type { Minimiser, Progress } from "./types.js";
