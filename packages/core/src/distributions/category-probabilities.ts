import type { Tensor } from "@tensorflow/tfjs-core";
import { equal, expandDims, log, neg, range, sub, sum, where } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { float64, logSumExp } from "../math/index.js";
import { expWeighted, logOrMinusInfinity, weighted64 } from "./counting.js";

/** Weights of categories on the last axis, to be normalised: `probs` not negative, or their logarithms `logits`. */
export type CategoryProbabilities =
  | { readonly probs: Tensor; readonly logits?: undefined }
  | { readonly logits: Tensor; readonly probs?: undefined };

/** The same for float64 forms. */
export type CategoryProbabilities64 =
  | { readonly probs: ArrayLike<number>; readonly logits?: undefined }
  | { readonly logits: ArrayLike<number>; readonly probs?: undefined };

/** The one given parameter. Throws `InputError` unless it is exactly one and has an axis of categories. */
export function requireCategories(family: string, categories: CategoryProbabilities): Tensor {
  if ((categories.probs === undefined) === (categories.logits === undefined)) {
    throw new InputError(`${family}: give either probs or logits.`);
  }
  const value = categories.logits === undefined ? categories.probs : categories.logits;
  if (value.shape.length === 0 || value.shape.at(-1) === 0) {
    throw new InputError(`${family}: probs or logits need the categories on a last axis, but have none.`);
  }
  return value;
}

/** Normalised log-probabilities, -Infinity for impossible categories. Call it inside `tidy`. */
export function normalisedLogits(categories: CategoryProbabilities): Tensor {
  if (categories.logits !== undefined) return sub(categories.logits, logSumExp(categories.logits, -1, true));
  return sub(logOrMinusInfinity(categories.probs), log(sum(categories.probs, -1, true)));
}

/** Whether x [...] is each of the categories 0, …, levels - 1: [..., levels]. */
export const isCategory = (x: Tensor, levels: number): Tensor => equal(expandDims(x, -1), range(0, levels));

/** The sum over the last axis of the numbers where the mask holds; 0 elsewhere, whatever stands there. */
export const sumWhere = (mask: Tensor, values: Tensor): Tensor => sum(where(mask, values, 0), -1);

/** -Σ p log p over the last axis. */
export const categoryEntropy = (logits: Tensor): Tensor => neg(sum(expWeighted(logits, logits), -1));

/** Σ p (log p - log q) over the last axis. */
export const categoryDivergence = (logits: Tensor, other: Tensor): Tensor =>
  sum(expWeighted(logits, sub(logits, other)), -1);

/** Normalised log-probabilities in float64. */
export function normalisedLogits64(categories: CategoryProbabilities64): Float64Array {
  const logits =
    categories.logits === undefined
      ? Float64Array.from(categories.probs, Math.log)
      : Float64Array.from(categories.logits);
  const total = float64.logSumExp(logits);
  return logits.map((logit) => logit - total);
}

/** -Σ p log p in float64. */
export const categoryEntropy64 = (logits: Float64Array): number =>
  -logits.reduce((total, logit) => total + weighted64(Math.exp(logit), logit), 0);
