import { concat, gather, reshape, tensor, tidy, zeros, type Tensor } from "@tensorflow/tfjs-core";
import { paddedLines } from "./lines.js";
import type { Transformer } from "./transformer.js";

/** The hidden state after the last symbol of each line, as far back as the network sees: [lines, width]. */
export function lastHidden(network: Transformer, lines: readonly Int32Array[]): Tensor {
  if (lines.length === 0) return zeros([0, network.width]);
  return tidy(() => {
    const together = network.linesAtOnce;
    const parts: Tensor[] = [];
    for (let from = 0; from < lines.length; from += together)
      parts.push(lastHiddenOf(network, lines.slice(from, from + together)));
    return concat(parts);
  });
}

function lastHiddenOf(network: Transformer, lines: readonly Int32Array[]): Tensor {
  return tidy(() => {
    const ends = lines.map((line) => line.subarray(Math.max(0, line.length - network.context)));
    const symbols = paddedLines(ends);
    const size = symbols.shape[1]!;
    const places = Int32Array.from(ends, ({ length }, i) => i * size + length - 1);
    const hidden = reshape(network.hidden(symbols), [-1, network.width]);
    return gather(hidden, tensor(places, [lines.length], "int32"));
  });
}
