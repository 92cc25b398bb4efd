import { Graph } from "../graph/graph.js";
import { isSynchronous } from "../runtime/binding.js";
import { feed, Session } from "../runtime/session.js";
import { blockedConvolution } from "./blocked-convolution.js";

const channels = 16;
const shape = [1, channels, 3, 3];
const attributes = { pads: { ints: [1, 1, 1, 1] } };

let found: number | undefined;
let known = false;

/**
 * How many channels ONNX Runtime takes at a time in blocked images: 16 with AVX-512, 8 with AVX, unknown where it
 * has no such operators. It does not tell, so a small convolution is tried and compared with the plain one.
 */
export function blockSize(): number | undefined {
  if (!known && isSynchronous()) found = [16, 8].find(isRight);
  known = true;
  return found;
}

function isRight(block: number): boolean {
  const graph = new Graph();
  const x = graph.input(shape, "float32", "x");
  const filter = graph.input([channels, ...shape.slice(1)], "float32", "filter");
  const result = { shape, dtype: "float32" } as const;
  const outputs = [
    graph.node("Conv", [x, filter], result, attributes),
    blockedConvolution(graph, [x, filter], result, attributes, block),
  ];
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i));
  let session: Session | undefined;
  try {
    session = new Session(graph, outputs, { threads: 1, silent: true });
    const image = feed("float32", x.shape, numbers(channels * 9));
    const [plain, quick] = session.run({
      x: image,
      filter: feed("float32", filter.shape, numbers(channels ** 2 * 9)),
    }) as [Float32Array, Float32Array];
    return plain.every((value, i) => Math.abs(value - quick[i]!) < 1e-3);
  } catch {
    return false;
  } finally {
    session?.dispose();
  }
}
