import {
  concat,
  mul,
  neg,
  reshape,
  slice,
  sum,
  tensor,
  tensor1d,
  tidy,
  unsortedSegmentSum,
  zeros,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { softmaxCrossEntropy } from "@gen/nn";
import { paddedLines } from "./lines.js";
import type { Transformer } from "./transformer.js";
import { windowsOf, type Window } from "./windows.js";

/** log p of the next symbol at each position of int32 symbols [count, size + 1]: [count, size], in nats. */
function logProbs(network: Transformer, symbols: Tensor): Tensor {
  return tidy(() => {
    const [count, size] = [symbols.shape[0], symbols.shape[1]! - 1];
    const hidden = network.hidden(slice(symbols, [0, 0], [count, size]));
    const logits = reshape(network.logits(hidden), [count * size, network.levels]);
    const targets = reshape(slice(symbols, [0, 1], [count, size]), [count * size]);
    return reshape(neg(softmaxCrossEntropy(logits, targets)), [count, size]);
  });
}

/** log p of the next symbol at each position of symbols [count, size + 1], read at once: [count, size], in nats. */
export const nextLogProbs = (network: Transformer, symbols: Int32Array, count: number): Float32Array =>
  tidy(() =>
    logProbs(network, tensor(symbols, [count, symbols.length / count], "int32")).dataSync<"float32">(),
  );

/**
 * log p of lines, given everything up to and including position `given` of each: [lines], in nats. Each line holds
 * its first symbol, which is not predicted, and its last.
 */
export function lineLogProbs(network: Transformer, lines: readonly Int32Array[], given = 0): Tensor {
  if (lines.length === 0) return zeros([0]);
  return tidy(() => {
    const windows = lines.flatMap((line, row) => windowsOf(line, row, network.context));
    const together = network.linesAtOnce;
    const sums: Tensor[] = [];
    for (let from = 0; from < windows.length; from += together)
      sums.push(windowSums(network, windows.slice(from, from + together), given));
    const rows = tensor1d(
      windows.map(({ row }) => row),
      "int32",
    );
    return unsortedSegmentSum(concat(sums), rows, lines.length);
  });
}

/** What each window adds to its line's log-probability. */
function windowSums(network: Transformer, windows: readonly Window[], given: number): Tensor {
  return tidy(() => {
    const symbols = paddedLines(windows.map((window) => window.symbols));
    const size = symbols.shape[1]! - 1;
    const counts = new Float32Array(windows.length * size);
    windows.forEach(({ symbols: { length }, first, start }, i) =>
      counts.fill(1, i * size + Math.min(length - 1, Math.max(first, given - start)), i * size + length - 1),
    );
    return sum(mul(logProbs(network, symbols), tensor(counts, [windows.length, size])), 1);
  });
}
