import type { Graph } from "../graph/graph.js";
import type { Attributes, Value } from "../graph/types.js";

/** The operators by which ONNX Runtime's own optimiser replaces convolutions of constant filters. */
export const blockedDomain = "com.microsoft.nchwc";

type Result = Pick<Value, "shape" | "dtype">;

/**
 * A convolution on images whose channels stand in blocks, [channels / block, height, width, block]: no taps are
 * gathered, so it is a fifth to a third quicker, with the reordering of image and result.
 *
 * @param inputs [count, in, height, width] and the filter [out, in, height, width]
 */
export function blockedConvolution(
  graph: Graph,
  [x, filter]: readonly [Value, Value],
  result: Result,
  attributes: Attributes,
  block: number,
): Value {
  const image = graph.node("ReorderInput", [x], x, {}, blockedDomain);
  const inputs = [image, blockedFilter(graph, filter, block)];
  const y = graph.node("Conv", inputs, result, attributes, blockedDomain);
  return graph.node("ReorderOutput", [y], result, { channels: { int: result.shape[1]! } }, blockedDomain);
}

/** [out / block, in / block, height, width, block of in, block of out], under the shape that it had. */
export function blockedFilter(graph: Graph, filter: Value, block: number): Value {
  const [outputs, inputs, height, width] = filter.shape as [number, number, number, number];
  const split = graph.reshape(filter, [outputs / block, block, inputs / block, block, height, width]);
  return graph.reshape(graph.transpose(split, [0, 2, 4, 5, 3, 1]), filter.shape);
}
