import type { Graph } from "../graph/graph.js";
import { Unsupported, type Value } from "../graph/types.js";
import { blockOf, convolution as convolved } from "./conv-node.js";
import { nodeAttributes, type Geometry } from "./convolution-geometry.js";
import { gradientByPhases } from "./phases.js";
import { take } from "./structure.js";

/** [height, width, in, out] as the operators take it: [out, in, height, width]. */
export const filterFirst = (graph: Graph, filter: Value): Value => graph.transpose(filter, [3, 2, 0, 1]);

/** The filter with its rows and columns in reverse. */
export const flipped = (graph: Graph, filter: Value): Value =>
  take(graph, take(graph, filter, countdown(filter.shape[0]!), 0), countdown(filter.shape[1]!), 1);

const countdown = (length: number): number[] => Array.from({ length }, (_, i) => length - 1 - i);

/** A stride of 1 is a convolution with the filter flipped; others are one of the phases, or the operator's transpose. */
export function inputGradient(graph: Graph, dy: Value, filter: Value, info: Geometry, groups: number): Value {
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
  const { top, left } = info.padInfo;
  const reach = [info.effectiveFilterHeight - 1, info.effectiveFilterWidth - 1] as const;
  const short = [
    info.inHeight - ((info.outHeight - 1) * info.strideHeight + reach[0] + 1 - top - info.padInfo.bottom),
    info.inWidth - ((info.outWidth - 1) * info.strideWidth + reach[1] + 1 - left - info.padInfo.right),
  ];
  const widening =
    2 * info.inChannels > info.outChannels ||
    blockOf(graph, info.inChannels, info.outChannels, info.filterHeight * info.filterWidth) !== undefined;
  const plain = info.strideHeight === 1 && info.strideWidth === 1 && groups === 1;
  if (plain && widening && top <= reach[0] && left <= reach[1]) {
    const pads = [
      reach[0] - top,
      reach[1] - left,
      info.inHeight - info.outHeight + top,
      info.inWidth - info.outWidth + left,
    ];
    if (pads.every((amount) => amount >= 0)) {
      const attributes = { ...nodeAttributes(info, 1), pads: { ints: pads } };
      const weights = graph.transpose(flipped(graph, filter), [2, 3, 0, 1]);
      return convolved(graph, dy, weights, shape, attributes);
    }
  }
  const phases = gradientByPhases(graph, dy, filter, info, groups);
  if (phases) return phases;
  if (short.some((amount, i) => amount < 0 || amount >= [info.strideHeight, info.strideWidth][i]!))
    throw new Unsupported("its padding exceeds the filter");
  return graph.node(
    "ConvTranspose",
    [dy, filterFirst(graph, filter)],
    { shape, dtype: "float32" },
    { ...nodeAttributes(info, groups), output_padding: { ints: short } },
  );
}
