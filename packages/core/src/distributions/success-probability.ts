import type { Tensor } from "@tensorflow/tfjs-core";
import { add, neg, sigmoid, sub } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { float64, logSigmoid } from "../math/index.js";
import { logOrMinusInfinity, weighted } from "./counting.js";
import { parameter } from "./shapes.js";
import type { Parameter } from "./shapes.js";

/** The chance of success: `probs` in [0, 1], or its log-odds `logits`. */
export type SuccessProbability<Value = Parameter> =
  | { readonly probs: Value; readonly logits?: undefined }
  | { readonly logits: Value; readonly probs?: undefined };

/** The one given parameter. Throws `InputError` unless it is exactly one and, as a number, in range. */
export function requireSuccess(family: string, success: SuccessProbability): Parameter {
  if ((success.probs === undefined) === (success.logits === undefined)) {
    throw new InputError(`${family}: give either probs or logits.`);
  }
  const value = success.logits === undefined ? success.probs : success.logits;
  const [lowest, highest] = success.logits === undefined ? [0, 1] : [-Infinity, Infinity];
  if (typeof value === "number" && !(value >= lowest && value <= highest)) {
    throw new InputError(`${family}: the chance of success is ${value}; give probs in [0, 1] or any logits.`);
  }
  return value;
}

/** p. Call it inside `tidy`. */
export const successProbability = (success: SuccessProbability): Tensor =>
  success.logits === undefined ? parameter(success.probs) : sigmoid(parameter(success.logits));

/** 1 - p, without cancellation where logits are given. */
export const failureProbability = (success: SuccessProbability): Tensor =>
  success.logits === undefined ? sub(1, parameter(success.probs)) : sigmoid(neg(parameter(success.logits)));

/** log p. */
export const logSuccess = (success: SuccessProbability): Tensor =>
  success.logits === undefined
    ? logOrMinusInfinity(parameter(success.probs))
    : logSigmoid(parameter(success.logits));

/** log(1 - p). */
export const logFailure = (success: SuccessProbability): Tensor =>
  success.logits === undefined
    ? logOrMinusInfinity(sub(1, parameter(success.probs)))
    : logSigmoid(neg(parameter(success.logits)));

/** The divergence of one trial, p log(p / q) + (1 - p) log((1 - p) / (1 - q)). */
export function successDivergence(p: SuccessProbability, q: SuccessProbability): Tensor {
  return add(
    weighted(successProbability(p), sub(logSuccess(p), logSuccess(q))),
    weighted(failureProbability(p), sub(logFailure(p), logFailure(q))),
  );
}

/** One trial's entropy, -p log p - (1 - p) log(1 - p). */
export function successEntropy(p: SuccessProbability): Tensor {
  return neg(
    add(weighted(successProbability(p), logSuccess(p)), weighted(failureProbability(p), logFailure(p))),
  );
}

/** p, 1 - p and their logarithms in float64. */
export function success64(success: SuccessProbability<number>) {
  if (success.logits === undefined) {
    const p = success.probs;
    return { p, q: 1 - p, logP: Math.log(p), logQ: Math.log1p(-p) };
  }
  const logP = float64.logSigmoid(success.logits);
  const logQ = float64.logSigmoid(-success.logits);
  return { p: Math.exp(logP), q: Math.exp(logQ), logP, logQ };
}
