import type { Tensor } from "@tensorflow/tfjs-core";
import { elementwise } from "./elementwise.js";
import * as float64 from "./float64/index.js";

/** P(a, x), the distribution function of Gamma(a, 1); broadcast, computed in float64, no gradient. */
export const regularizedGammaP = (a: Tensor, x: Tensor): Tensor =>
  elementwise(float64.regularizedGammaP, a, x);

/** Q(a, x) = 1 - P(a, x); broadcast, computed in float64, no gradient. */
export const regularizedGammaQ = (a: Tensor, x: Tensor): Tensor =>
  elementwise(float64.regularizedGammaQ, a, x);

/** The x with P(a, x) = p; broadcast, computed in float64, no gradient. */
export const inverseRegularizedGammaP = (a: Tensor, p: Tensor): Tensor =>
  elementwise(float64.inverseRegularizedGammaP, a, p);

/** I_x(a, b), the distribution function of Beta(a, b); broadcast, computed in float64, no gradient. */
export const regularizedBeta = (a: Tensor, b: Tensor, x: Tensor): Tensor =>
  elementwise(float64.regularizedBeta, a, b, x);

/** The x with I_x(a, b) = p; broadcast, computed in float64, no gradient. */
export const inverseRegularizedBeta = (a: Tensor, b: Tensor, p: Tensor): Tensor =>
  elementwise(float64.inverseRegularizedBeta, a, b, p);
