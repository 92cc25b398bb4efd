import {
  cast,
  customGrad,
  expandDims,
  gather,
  log,
  add,
  max,
  mul,
  oneHot,
  range,
  reshape,
  softmax,
  squeeze,
  sub,
  sum,
  exp,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";

/**
 * -log softmax(logits)[label] of each row, in nats. logits: [rows, levels]; labels: int32 [rows].
 * Its gradient, softmax - one-hot, is formed at once, which spares the log-probabilities of all levels.
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor {
  const levels = logits.shape[1]!;
  const op = customGrad((...inputs) => {
    const x = inputs[0] as Tensor;
    const save = inputs[1] as unknown as (tensors: Tensor[]) => void;
    save([x, labels]);
    const largest = max(x, 1, true);
    const logPartition = add(squeeze(largest, [1]), log(sum(exp(sub(x, largest)), 1)));
    const places = add(mul(range(0, x.shape[0]!, 1, "int32"), levels), labels);
    const value = sub(logPartition, gather(reshape(x, [-1]), cast(places, "int32")));
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => [
        mul(sub(softmax(saved[0]!), oneHot(cast(saved[1]!, "int32"), levels)), expandDims(dy, 1)),
      ],
    };
  });
  return tidy(() => op(logits));
}
