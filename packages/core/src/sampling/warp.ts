import {
  broadcastTo,
  cumsum,
  div,
  greaterEqual,
  less,
  max,
  min,
  scalar,
  softmax,
  sub,
  tidy,
  topk,
  where,
} from "../backend/engine.js";
import { logSoftmax } from "../backend/log-softmax.js";
import type { Tensor } from "@tensorflow/tfjs-core";

export interface Warp {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
}

/**
 * Log-probabilities that are drawn from instead of `logits` ([rows, levels]): first the temperature, then the k
 * likeliest, then the smallest set whose mass reaches p (The curious case of neural text degeneration, Holtzman
 * et al., 2020). Symbols that are equally likely stay or go together. At temperature 0 the caller takes the likeliest.
 */
export function warp(logits: Tensor, { temperature, topK, topP }: Warp): Tensor {
  return tidy(() => {
    const last = logits.rank - 1;
    const levels = logits.shape[last]!;
    let kept = temperature === 1 || temperature === 0 ? logits : cooled(logits, temperature);
    if (topK > 0 && topK < levels) {
      const threshold = min(topk(kept, topK).values, -1, true);
      kept = dropBelow(kept, threshold);
    }
    if (topP < 1) {
      const sorted = topk(kept, levels).values;
      // The axis is counted from the front, because TensorFlow.js sums along a wrong one otherwise.
      const before = cumsum(softmax(sorted), last, true);
      // The first symbol is always kept, whatever p is.
      const inside = less(before, topP - rounding);
      const first = max(sorted, -1, true);
      const threshold = min(where(inside, sorted, broadcastTo(first, sorted.shape)), -1, true);
      kept = dropBelow(kept, threshold);
    }
    return logSoftmax(kept);
  });
}

/** Guard: the sum of the first probabilities, such as 0.5 + 0.3, may fall short of p by its rounding in float32. */
const rounding = 1e-6;

/** Guard: differences from the largest, and no temperature that is 0 in float32, so that no ∞ - ∞ or 0 / 0 arises. */
const cooled = (logits: Tensor, temperature: number): Tensor =>
  div(sub(logits, max(logits, -1, true)), Math.max(temperature, 1e-30));

const dropBelow = (logits: Tensor, threshold: Tensor): Tensor =>
  where(greaterEqual(logits, threshold), logits, broadcastTo(scalar(-Infinity), logits.shape));
