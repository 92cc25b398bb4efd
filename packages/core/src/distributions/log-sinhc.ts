import type { Tensor } from "@tensorflow/tfjs-core";
import {
  abs,
  add,
  div,
  exp,
  expm1,
  less,
  log,
  mul,
  neg,
  square,
  sub,
  tanh,
  where,
} from "../backend/engine.js";
import { float64, log1mexp } from "../math/index.js";
import { polynomial } from "../math/polynomial.js";

// h(l) = log(sinh(l / 2) / (l / 2)) and its derivatives: the log-normaliser of exp(l (x - 1/2)) on [0, 1]. Near 0 the
// closed forms cancel and Taylor's series take over.

/** `series(l)` where |l| < `radius`, else `exact(l)`, each given only numbers that are its own (double where). */
export function nearZero(
  l: Tensor,
  radius: number,
  series: (l: Tensor) => Tensor,
  exact: (l: Tensor) => Tensor,
): Tensor {
  const small = less(abs(l), radius);
  return where(small, series(where(small, l, 0)), exact(where(small, 1, l)));
}

/** h(l) = |l| / 2 + log(1 - exp(-|l|)) - log |l|. */
export const logSinhc = (l: Tensor): Tensor =>
  nearZero(
    l,
    1,
    (small) => mul(square(small), polynomial([1 / 24, -1 / 2880, 1 / 181440, -1 / 9676800], square(small))),
    (large) => sub(add(mul(abs(large), 0.5), log1mexp(abs(large))), log(abs(large))),
  );

/** h'(l) = 1 / (2 tanh(l / 2)) - 1 / l. */
export const logSinhcDerivative = (l: Tensor): Tensor =>
  nearZero(
    l,
    1,
    (small) =>
      mul(small, polynomial([1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160], square(small))),
    (large) => sub(div(0.5, tanh(mul(large, 0.5))), div(1, large)),
  );

/** h''(l) = 1 / l² - exp(-|l|) / (1 - exp(-|l|))². */
export const logSinhcSecondDerivative = (l: Tensor): Tensor =>
  nearZero(
    l,
    1,
    (small) => polynomial([1 / 12, -1 / 240, 1 / 6048, -1 / 172800, 1 / 5322240], square(small)),
    (large) => {
      const decay = neg(abs(large));
      return sub(div(1, square(large)), div(exp(decay), square(expm1(decay))));
    },
  );

/** h and its derivatives in float64. */
export function logSinhc64(l: number) {
  const size = Math.abs(l);
  if (size < 0.01) {
    return {
      value: (l * l) / 24 - l ** 4 / 2880,
      derivative: l / 12 - l ** 3 / 720,
      secondDerivative: 1 / 12 - (l * l) / 240 + l ** 4 / 6048,
    };
  }
  return {
    value: size / 2 + float64.log1mexp(size) - Math.log(size),
    derivative: 0.5 / Math.tanh(l / 2) - 1 / l,
    secondDerivative: 1 / (l * l) - Math.exp(-size) / Math.expm1(-size) ** 2,
  };
}
