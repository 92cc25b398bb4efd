import { neg, reshape, slice, tensor, tidy } from "@tensorflow/tfjs-core";
import { softmaxCrossEntropy } from "@gen/nn";
import type { Transformer } from "./transformer.js";
import { windowsOf } from "./windows.js";

/** Log-probabilities that are formed at once: rows of windows × levels. */
const most = 2 ** 22;

/** log p of the next symbol at each position of symbols [count, size + 1]: [count, size], in nats. */
export function nextLogProbs(network: Transformer, symbols: Int32Array, count: number): Float32Array {
  const size = symbols.length / count - 1;
  return tidy(() => {
    const all = tensor(symbols, [count, size + 1], "int32");
    const hidden = network.hidden(slice(all, [0, 0], [count, size]));
    const logits = reshape(network.logits(hidden), [count * size, network.levels]);
    const targets = reshape(slice(all, [0, 1], [count, size]), [count * size]);
    return neg(softmaxCrossEntropy(logits, targets)).dataSync<"float32">();
  });
}

/**
 * log p of lines, given everything up to and including position `given` of each: [lines], in nats. Each line holds
 * its first symbol, which is not predicted, and its last.
 */
export function lineLogProbs(network: Transformer, lines: readonly Int32Array[], given = 0): Float32Array {
  const total = new Float64Array(lines.length);
  const windows = lines.flatMap((line, row) => windowsOf(line, row, network.context));
  const together = Math.max(1, Math.floor(most / (network.levels * (network.context + 1))));
  for (let from = 0; from < windows.length; from += together) {
    const part = windows.slice(from, from + together);
    const size = Math.max(...part.map(({ symbols }) => symbols.length));
    const padded = new Int32Array(part.length * size);
    part.forEach(({ symbols }, i) => padded.set(symbols, i * size));
    const values = nextLogProbs(network, padded, part.length);
    part.forEach(({ row, start, symbols, first }, i) => {
      for (let p = Math.max(first, given - start); p < symbols.length - 1; p++)
        total[row] = total[row]! + values[i * (size - 1) + p]!;
    });
  }
  return Float32Array.from(total);
}
