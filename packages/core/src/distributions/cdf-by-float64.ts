import type { Tensor } from "@tensorflow/tfjs-core";
import { cast, div, exp, mul } from "../backend/engine.js";
import { elementwise } from "../math/index.js";
import { withGradient } from "../math/with-gradient.js";
import { broadcastShapes, expand, parameter, shapeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";

/** x as float32, repeated to the shape that it has together with the parameters; differentiable. */
const together = (x: Tensor, parameters: readonly Parameter[]): Tensor =>
  cast(expand(x, broadcastShapes(x.shape, ...parameters.map(shapeOf))), "float32");

/**
 * A distribution function computed in float64 by `cdf(x, ...parameters)`. Its gradient flows to x alone, and is the
 * density, exp(logProb(x)). Call it inside `tidy`.
 */
export function cdfByFloat64(
  x: Tensor,
  parameters: readonly Parameter[],
  cdf: (...values: number[]) => number,
  logProb: (x: Tensor) => Tensor,
): Tensor {
  const input = together(x, parameters);
  return withGradient(
    [input],
    () => elementwise(cdf, input, ...parameters.map(parameter)),
    (dy, [saved]) => [mul(dy, exp(logProb(saved!)))],
  );
}

/**
 * A quantile computed in float64 by `quantile(p, ...parameters)`. Its gradient flows to p alone, and is one over the
 * density there. Call it inside `tidy`.
 */
export function quantileByFloat64(
  p: Tensor,
  parameters: readonly Parameter[],
  quantile: (...values: number[]) => number,
  logProb: (x: Tensor) => Tensor,
): Tensor {
  const input = together(p, parameters);
  return withGradient(
    [input],
    () => elementwise(quantile, input, ...parameters.map(parameter)),
    (dy, [saved]) => [div(dy, exp(logProb(quantileByFloat64(saved!, parameters, quantile, logProb))))],
  );
}
