import {
  broadcastTo,
  cumsum,
  div,
  greaterEqual,
  less,
  logSoftmax,
  max,
  min,
  scalar,
  softmax,
  tidy,
  topk,
  where,
} from "../backend/engine.js";
import type { Tensor } from "@tensorflow/tfjs-core";

export interface Warp {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
}

/**
 * Log-probabilities that are drawn from instead of `logits` ([rows, levels]): first the temperature, then the k
 * likeliest, then the smallest set whose mass reaches p (The curious case of neural text degeneration, Holtzman
 * et al., 2020). At temperature 0 the caller takes the likeliest.
 */
export function warp(logits: Tensor, { temperature, topK, topP }: Warp): Tensor {
  return tidy(() => {
    const levels = logits.shape[logits.rank - 1]!;
    let kept = temperature === 1 || temperature === 0 ? logits : div(logits, temperature);
    if (topK > 0 && topK < levels) {
      const threshold = min(topk(kept, topK).values, -1, true);
      kept = dropBelow(kept, threshold);
    }
    if (topP < 1) {
      const sorted = topk(kept, levels).values;
      // The first symbol is always kept, whatever p is.
      const before = cumsum(softmax(sorted), -1, true);
      const inside = less(before, topP);
      const first = max(sorted, -1, true);
      const threshold = min(where(inside, sorted, broadcastTo(first, sorted.shape)), -1, true);
      kept = dropBelow(kept, threshold);
    }
    return logSoftmax(kept, -1);
  });
}

const dropBelow = (logits: Tensor, threshold: Tensor): Tensor =>
  where(greaterEqual(logits, threshold), logits, broadcastTo(scalar(-Infinity), logits.shape));
