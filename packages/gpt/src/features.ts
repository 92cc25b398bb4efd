import { gather, reshape, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Transformer } from "./transformer.js";

/** The hidden state after the last symbol of each line, as far back as the network sees: [lines, width]. */
export function lastHidden(network: Transformer, lines: readonly Int32Array[]): Tensor {
  return tidy(() => {
    const pieces = lines.map((line) => line.subarray(Math.max(0, line.length - network.context)));
    const size = Math.max(...pieces.map((piece) => piece.length));
    const padded = new Int32Array(lines.length * size);
    pieces.forEach((piece, i) => padded.set(piece, i * size));
    const hidden = network.hidden(tensor(padded, [lines.length, size], "int32"));
    const places = Int32Array.from(pieces, (piece, i) => i * size + piece.length - 1);
    return gather(reshape(hidden, [-1, network.width]), tensor(places, [lines.length], "int32"));
  });
}
