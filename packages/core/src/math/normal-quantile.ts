import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  div,
  equal,
  exp,
  fill,
  less,
  lessEqual,
  log,
  minimum,
  mul,
  neg,
  sqrt,
  square,
  sub,
  where,
} from "../backend/engine.js";
import { polynomial } from "./polynomial.js";
import { withGradient } from "./with-gradient.js";

const rational = (numerator: readonly number[], denominator: readonly number[], x: Tensor): Tensor =>
  div(polynomial(numerator, x), polynomial(denominator, x));

const centralNumerator = [3.3871327179, 50.434271938, 159.29113202, 59.10937472] as const;
const centralDenominator = [1, 17.895169469, 78.757757664, 67.1875636] as const;
const middleNumerator = [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103] as const;
const middleDenominator = [1, 0.7370016425, 0.12021132975] as const;
const tailNumerator = [6.657905115, 3.081226386, 0.42868294337, 0.017337203997] as const;
const tailDenominator = [1, 0.24197894225, 0.012258202635] as const;

/**
 * Φ⁻¹ from p - 1/2 and min(p, 1 - p), each given without cancellation; not differentiable.
 *
 * Source: M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution" (1988), PPND7.
 */
export function normalQuantileOf(centred: Tensor, tail: Tensor): Tensor {
  const central = mul(
    centred,
    rational(centralNumerator, centralDenominator, sub(0.180625, square(centred))),
  );
  const r = sqrt(neg(log(tail)));
  const middle = rational(middleNumerator, middleDenominator, sub(r, 1.6));
  const far = rational(tailNumerator, tailDenominator, sub(r, 5));
  const positive = where(equal(tail, 0), fill(tail.shape, Infinity), where(lessEqual(r, 5), middle, far));
  const outer = where(less(centred, 0), neg(positive), positive);
  return where(lessEqual(abs(centred), 0.425), central, outer);
}

/**
 * The standard normal quantile Φ⁻¹(p), elementwise and differentiable; NaN outside [0, 1].
 *
 * Source: M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution" (1988), PPND7.
 */
export function normalQuantile(p: Tensor): Tensor {
  return withGradient(
    [p],
    () => normalQuantileOf(sub(p, 0.5), minimum(p, sub(1, p))),
    (dy, [saved]) => [mul(dy, mul(exp(mul(square(normalQuantile(saved!)), 0.5)), Math.sqrt(2 * Math.PI)))],
  );
}
