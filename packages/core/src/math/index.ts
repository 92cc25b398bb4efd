export { cholesky } from "./cholesky.js";
export { digamma } from "./digamma.js";
export { elementwise } from "./elementwise.js";
export { erfinv } from "./erfinv.js";
export * as float64 from "./float64/index.js";
export {
  inverseRegularizedBeta,
  inverseRegularizedGammaP,
  regularizedBeta,
  regularizedGammaP,
  regularizedGammaQ,
} from "./incomplete.js";
export { log1mexp } from "./log1mexp.js";
export { logBesselI0 } from "./log-bessel.js";
export { logBeta } from "./log-beta.js";
export { logDetTriangular } from "./log-det-triangular.js";
export { logGamma } from "./log-gamma.js";
export { logAddExp, logSumExp } from "./log-sum-exp.js";
export { logNormalCdf, normalCdf } from "./normal-cdf.js";
export { normalQuantile } from "./normal-quantile.js";
export { logSigmoid, softplus } from "./softplus.js";
export { triangularSolve } from "./triangular-solve.js";
export { trigamma } from "./trigamma.js";
export { xlog1py, xlogy } from "./xlogy.js";
