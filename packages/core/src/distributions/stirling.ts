import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  div,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  reciprocal,
  square,
  sub,
  where,
} from "../backend/engine.js";
import { digamma, logGamma } from "../math/index.js";
import { stirlingCorrection } from "../math/log-gamma.js";
import { polynomial } from "../math/polynomial.js";
import { HALF_LOG_TWO_PI } from "./constants.js";

// The logarithms of gamma functions that make up a gamma or beta density are of the size a log a for a shape a, the
// density itself of the size log a: in float32 their difference is lost from a = 1000 on. Here the large terms of
// Stirling's formula are cancelled by hand, and only its small corrections are computed.

/** From here on the asymptotic series hold. */
const SERIES = 3;

/** δ(a) = log Γ(a) - (a - 1/2) log a + a - log(2π)/2, about 1/(12 a). */
export function logGammaExcess(a: Tensor): Tensor {
  const small = minimum(a, SERIES);
  const direct = sub(add(logGamma(small), small), add(mul(sub(small, 0.5), log(small)), HALF_LOG_TWO_PI));
  return where(less(a, SERIES), direct, stirlingCorrection(maximum(a, SERIES)));
}

/** h(a) = log a - ψ(a), about 1/(2 a). */
export function digammaDeficit(a: Tensor): Tensor {
  const small = minimum(a, SERIES);
  const inverse = reciprocal(maximum(a, SERIES));
  const squared = square(inverse);
  const series = mul(squared, polynomial([1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132], squared));
  return where(less(a, SERIES), sub(log(small), digamma(small)), add(mul(0.5, inverse), series));
}

/** log(1 + u) - u for u > -1, by log t - u with t = 1 + u (given, since 1 + u loses a small t) away from 0. */
export function logLessLinear(t: Tensor, u: Tensor): Tensor {
  const near = less(abs(u), 0.5);
  return where(near, sub(log1p(where(near, u, 0)), u), sub(log(t), u));
}

/** log Γ(a₂) - log Γ(a₁) + (a₁ - a₂) ψ(a₁) less a₂ (r - 1 - log r), r = a₁ / a₂. */
export function shapeDivergence(one: Tensor, two: Tensor): Tensor {
  const excess = sub(logGammaExcess(two), logGammaExcess(one));
  const slope = mul(sub(one, two), digammaDeficit(one));
  return sub(add(mul(0.5, log(div(one, two))), excess), slope);
}
