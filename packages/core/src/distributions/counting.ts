import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  cast,
  equal,
  exp,
  floor,
  greater,
  greaterEqual,
  less,
  log,
  log1p,
  logicalAnd,
  mul,
  neg,
  notEqual,
  sub,
  where,
} from "../backend/engine.js";
import { logBeta } from "../math/index.js";
import type { Parameter } from "./shapes.js";

/** log x, with -Infinity and a zero gradient at x = 0 (double where). */
export function logOrMinusInfinity(x: Tensor): Tensor {
  const positive = greater(x, 0);
  return where(positive, log(where(positive, x, 1)), -Infinity);
}

/** weight · value, where weight 0 makes 0 of any value, infinite ones too, also in the gradient. */
export function weighted(weight: Tensor, value: Tensor): Tensor {
  const matters = notEqual(weight, 0);
  return where(matters, mul(weight, where(matters, value, 0)), 0);
}

/** exp(logWeight) · value, where weight 0 makes 0 of any value, also in the gradient. */
export function expWeighted(logWeight: Tensor, value: Tensor): Tensor {
  const matters = greater(logWeight, -Infinity);
  return where(matters, mul(exp(where(matters, logWeight, 0)), where(matters, value, 0)), 0);
}

/** log(n! / (k! (n - k)!)), without the cancellation of three log-factorials. */
export const logChoose = (n: Parameter, k: Tensor): Tensor =>
  neg(add(log1p(n), logBeta(add(sub(n, k), 1), add(k, 1))));

/** Whether x is one of 0, 1, 2, … */
export const isCount = (x: Tensor): Tensor =>
  logicalAnd(logicalAnd(greaterEqual(x, 0), less(x, Infinity)), equal(x, floor(cast(x, "float32"))));

/** The same in float64. */
export const isCount64 = (x: number): boolean => Number.isInteger(x) && x >= 0;

/** weight · value with 0 · ±Infinity = 0, in float64. */
export const weighted64 = (weight: number, value: number): number => (weight === 0 ? 0 : weight * value);

/** -Σ p log p over the counts of a distribution with one peak, summed from its mode outwards in float64. */
export function countEntropy64(logProb: (x: number) => number, mode: number): number {
  let entropy = 0;
  for (const step of [1, -1]) {
    for (let x = step === 1 ? mode : mode - 1; x >= 0; x += step) {
      const logP = logProb(x);
      if (logP < -46) break; // below 1e-20
      entropy -= Math.exp(logP) * logP;
    }
  }
  return entropy;
}
