import {
  add,
  customGrad,
  exp,
  expandDims,
  gather,
  log,
  max,
  mul,
  neg,
  oneHot,
  range,
  reshape,
  scalar,
  softmax,
  squeeze,
  sub,
  sum,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { nativeKernel } from "../native-kernel.js";

/**
 * Cross-entropy of labels under softmax probabilities, one number per row: -log softmax(logits)[label], in nats.
 *
 * logits: [rows, levels]; labels: int32 [rows], each from 0 to levels - 1, which is not checked. Differentiable to
 * any order in the logits. Its gradient, softmax - one-hot, is formed at once, so that no table of all
 * log-probabilities waits for the backward pass.
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const levels = logits.shape[1]!;
  const recorded = customGrad((_, save) => {
    // The engine clones what is saved on the tape, so a second derivative flows through the logits.
    if (typeof save === "function") save([logits, labels]);
    return {
      value: forward(logits, labels),
      gradFunc: (dy: Tensor, [x, y]: Tensor[]) =>
        mul(sub(softmax(x!), oneHot(y!, levels)), expandDims(dy, 1)),
    };
  });
  return tidy(() => recorded(logits));
}

function forward(logits: Tensor, labels: Tensor): Tensor {
  const [rows, levels] = logits.shape as [number, number];
  // Integers, because float32 can't count past 2^24 places.
  const places = add(mul(range(0, rows, 1, "int32"), scalar(levels, "int32")), labels);
  const native = nativeKernel("LogSoftmax");
  if (native) return neg(gather(reshape(native({ logits }, {}), [-1]), places));
  const largest = max(logits, 1, true);
  const logPartition = add(squeeze(largest, [1]), log(sum(exp(sub(logits, largest)), 1)));
  return sub(logPartition, gather(reshape(logits, [-1]), places));
}
