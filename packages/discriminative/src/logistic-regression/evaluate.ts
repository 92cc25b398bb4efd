import type { Design, Targets } from "./design.js";
import { LinearMap, type Linear } from "./linear-map.js";
import type { Product } from "./product.js";

/** Loss and gradient of some rows, which add up over rows. */
export interface Evaluation {
  /** Σ weight · -log p(label), in nats. */
  readonly loss: number;
  /** By the weights, [features, outputs], then by the intercepts, [outputs]. */
  readonly gradient: Float64Array;
}

/** Rows to learn from: features, the output of each label (-1 of the one that is always 0), and weights. */
export interface Lesson extends Targets {
  readonly design: Design;
}

/** A linear map beside which there may be one more output, which is always 0. */
export interface Relative extends Linear {
  readonly hasReference: boolean;
}

/** The loss of rows under a linear map and softmax, and its gradient. */
export function evaluate(
  { design, labels, weights }: Lesson,
  linear: Relative,
  product: Product,
): Evaluation {
  const gradient = new Float64Array(linear.weights.length + linear.outputs);
  const sums = gradient.subarray(linear.weights.length);
  const map = new LinearMap(design, linear, product, gradient.subarray(0, linear.weights.length));
  let loss = 0;
  for (const block of map.blocks) {
    const logits = map.forward(block);
    for (let row = block.first; row < block.last; row++)
      loss += lossOf(logits, (row - block.first) * linear.outputs, labels[row]!, weights[row]!, linear, sums);
    map.back(block);
  }
  map.finish(sums);
  return { loss, gradient };
}

/** The loss of the row whose logits begin at `first`; they become residuals, which are added to `sums`. */
function lossOf(
  logits: Float64Array,
  first: number,
  label: number,
  weight: number,
  { outputs, hasReference }: Relative,
  sums: Float64Array,
): number {
  let most = hasReference ? 0 : -Infinity;
  for (let k = 0; k < outputs; k++) most = Math.max(most, logits[first + k]!);
  let total = hasReference ? Math.exp(-most) : 0;
  const own = label < 0 ? 0 : logits[first + label]!;
  for (let k = 0; k < outputs; k++) total += logits[first + k] = Math.exp(logits[first + k]! - most);
  for (let k = 0; k < outputs; k++) {
    const p = logits[first + k]! / total;
    const residual = weight === 0 ? 0 : weight * (k === label ? p - 1 : p);
    logits[first + k] = residual;
    sums[k]! += residual;
  }
  // Guard: an output that overflowed weighs nothing where its row does.
  return weight > 0 ? weight * (most + Math.log(total) - own) : 0;
}

/** Evaluations of two parts of the data, added; the first is used up. */
export function merge(a: Evaluation, b: Evaluation): Evaluation {
  const { gradient } = a;
  for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! + b.gradient[i]!;
  return { loss: a.loss + b.loss, gradient };
}
