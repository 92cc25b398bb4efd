export { cholesky, logDetFromCholesky } from "./cholesky.js";
export { covariance } from "./covariance.js";
export { crossProduct } from "./cross-product.js";
export { digamma } from "./digamma.js";
export { erf, erfc } from "./erf.js";
export { erfinv } from "./erfinv.js";
export { inverseRegularizedBeta } from "./inverse-regularized-beta.js";
export { inverseRegularizedGammaP } from "./inverse-regularized-gamma.js";
export { log1mexp } from "./log1mexp.js";
export { logBesselI0, logBesselI1 } from "./log-bessel.js";
export { logBeta } from "./log-beta.js";
export { logChoose, logFactorial } from "./log-choose.js";
export { logGamma } from "./log-gamma.js";
export { logAddExp, logSumExp } from "./log-sum-exp.js";
export { multiply } from "./multiply.js";
export { logNormalCdf, normalCdf } from "./normal-cdf.js";
export { normalQuantile } from "./normal-quantile.js";
export { regularizedBeta } from "./regularized-beta.js";
export { regularizedGammaP, regularizedGammaQ } from "./regularized-gamma.js";
export { logSigmoid, softplus } from "./softplus.js";
export { symmetricEigen } from "./symmetric-eigen.js";
export {
  choleskySolve,
  inverseFromCholesky,
  solveLower,
  solveLowerTransposed,
  solveUpper,
} from "./triangular-solve.js";
export { trigamma } from "./trigamma.js";
