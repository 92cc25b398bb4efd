import type { Graph } from "../graph/graph.js";
import { sameShape } from "../graph/shapes.js";
import type { Attributes, Node, Value } from "../graph/types.js";
import { blockSize } from "./block-size.js";
import { blockedConvolution } from "./blocked-convolution.js";

/** How many channels a blocked convolution takes at a time; undefined where a filter does not fill the blocks. */
export function blockOf(graph: Graph, outputs: number, inputs: number, taps: number): number | undefined {
  if (graph.portable || taps === 1) return undefined;
  const block = blockSize();
  return block !== undefined && outputs % block === 0 && inputs % block === 0 ? block : undefined;
}

/** A convolution of one group, channels first, in the quicker form. filter: [out, in, height, width] */
export function convolution(
  graph: Graph,
  x: Value,
  filter: Value,
  shape: readonly number[],
  attributes: Attributes,
): Value {
  const [outputs, inputs, height, width] = filter.shape as [number, number, number, number];
  const block = blockOf(graph, outputs, inputs, height * width);
  const result = { shape, dtype: "float32" } as const;
  if (block !== undefined) return blockedConvolution(graph, [x, filter], result, attributes, block);
  return graph.node("Conv", [x, filter], result, attributes);
}

/** A convolution plus one number for each channel, which the operator adds itself; undefined for other sums. */
export function biased(graph: Graph, value: Value, bias: Value): Value | undefined {
  const node = convolutionOf(value);
  const channels = value.shape[1]!;
  if (!node || node.inputs.length > 2 || !sameShape(bias.shape, [channels, 1, 1])) return undefined;
  const inputs = [...node.inputs, graph.reshape(bias, [channels])];
  const y = graph.node(node.operator, inputs, value, node.attributes, node.domain);
  const last = value.node!;
  return last === node ? y : graph.node(last.operator, [y], value, last.attributes, last.domain);
}

function convolutionOf({ node }: Value): Node | undefined {
  const inner = node?.operator === "ReorderOutput" ? node.inputs[0]!.node : node;
  return inner?.operator === "Conv" || inner?.operator === "ConvTranspose" ? inner : undefined;
}
