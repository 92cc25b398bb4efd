import { mean, reshape, slice, type Scalar } from "@tensorflow/tfjs-core";
import { column, gradient, tensor, type Rows, type Trainer } from "@gen/core";
import { adamW, clipped, softmaxCrossEntropy } from "@gen/nn";
import type { Gpt } from "./model.js";
import { randomWindows, stream } from "./windows.js";

export interface GptTraining {
  readonly learningRate: number;
  readonly windows: number;
  readonly weightDecay: number;
  readonly warmup: number;
  readonly clip: number;
}

/** Maximises the likelihood of the next symbol in windows at random places of the text, by AdamW. */
export function trainer(
  model: Gpt,
  { learningRate, windows, weightDecay, warmup, clip }: GptTraining,
): Trainer {
  const { network } = model;
  const schedule = (step: number) => learningRate * Math.min(1, (step + 1) / Math.max(1, warmup));
  const adam = adamW({ learningRate: schedule, beta2: 0.95, weightDecay });
  let joined: { readonly pool: Rows; readonly symbols: Int32Array } | undefined;
  return gradient({
    variables: Object.values(model.variables),
    optimizer: clip > 0 ? clipped(adam, clip) : adam,
    prepare(pool, key) {
      if (joined?.pool !== pool) joined = { pool, symbols: stream(model.symbols(pool), 0) };
      return randomWindows(joined.symbols, windows, network.context, key);
    },
    loss(batch, key) {
      const symbols = tensor(column(batch, "symbols"));
      const [count, size] = symbols.shape as [number, number];
      const part = (from: number) => slice(symbols, [0, from], [count, size - 1]);
      const hidden = network.hidden(part(0), model.dropout, key);
      const logits = reshape(network.logits(hidden), [count * (size - 1), network.levels]);
      return { loss: mean<Scalar>(softmaxCrossEntropy(logits, reshape(part(1), [count * (size - 1)]))) };
    },
  });
}
