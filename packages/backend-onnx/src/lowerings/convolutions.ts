import type { Graph } from "../graph/graph.js";
import { Unsupported, type Value } from "../graph/types.js";
import { blockOf, convolution as convolved } from "./conv-node.js";
import {
  fits,
  geometry,
  inward,
  nodeAttributes,
  outward,
  type Geometry,
  type Shape4,
} from "./convolution-geometry.js";
import { depthwise, depthwiseFilter, depthwiseForward, depthwiseInput } from "./depthwise.js";
import { convolutionFilter } from "./filter-gradient.js";
import { filterFirst, flipped, inputGradient } from "./input-gradient.js";
import { attribute, demand, input, type Lowering, type Lowerings } from "./lowering.js";
import { activated } from "./products.js";

/**
 * Half as many channels out as in, or fewer: ONNX Runtime gathers every tap of every channel before it multiplies,
 * but after multiplying when it convolves transposed. Undefined where that is not the same.
 */
function narrowing(graph: Graph, x: Value, filter: Value, info: Geometry): Value | undefined {
  const [height, width, inputs, outputs] = filter.shape as Shape4;
  const { top, left, bottom, right } = info.padInfo;
  const plain = info.strideHeight === 1 && info.strideWidth === 1 && height * width > 1;
  if (blockOf(graph, outputs, inputs, height * width) !== undefined) return undefined;
  if (!plain || 2 * outputs > inputs || info.dilationHeight !== 1 || info.dilationWidth !== 1)
    return undefined;
  const pads = [height - 1 - top, width - 1 - left, height - 1 - bottom, width - 1 - right];
  if (pads.some((amount) => amount < 0)) return undefined;
  const shape = [info.batchSize, outputs, info.outHeight, info.outWidth];
  const weights = graph.transpose(flipped(graph, filter), [2, 3, 0, 1]);
  return graph.node("ConvTranspose", [x, weights], { shape, dtype: "float32" }, { pads: { ints: pads } });
}

function convolve(graph: Graph, given: Value, filter: Value, info: Geometry): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const x = inward(graph, given, info);
  if (x.shape[1] === filter.shape[2]) {
    const narrow = narrowing(graph, x, filter, info);
    if (narrow) return narrow;
  }
  const groups = x.shape[1]! / filter.shape[2]!;
  if (groups !== 1) throw new Unsupported("it is grouped");
  return convolved(graph, x, filterFirst(graph, filter), shape, nodeAttributes(info, 1));
}

const convolution: Lowering = (graph, inputs, attributes) => {
  const [x, filter] = [demand(input(inputs, "x"), "float32"), demand(input(inputs, "filter"), "float32")];
  const info = geometry(attributes, x.shape, filter.shape, false);
  return outward(graph, convolve(graph, x, filter, info), info);
};

const convolutionInput: Lowering = (graph, inputs, attributes) => {
  const [dy, filter] = [demand(input(inputs, "dy"), "float32"), demand(input(inputs, "filter"), "float32")];
  const info = geometry(attributes, attribute<number[]>(attributes, "inputShape"), filter.shape, false);
  fits(dy, info);
  return outward(graph, inputGradient(graph, inward(graph, dy, info), filter, info, 1), info);
};

const fused =
  (depthwiseFilterShape: boolean): Lowering =>
  (graph, inputs, attributes) => {
    const [x, filter] = [demand(input(inputs, "x"), "float32"), demand(input(inputs, "filter"), "float32")];
    const info = geometry(attributes, x.shape, filter.shape, depthwiseFilterShape);
    const run = depthwiseFilterShape ? depthwiseForward : convolve;
    const result = outward(graph, run(graph, x, filter, info), info);
    const bias = inputs["bias"];
    const first = info.dataFormat === "channelsFirst";
    if (first && inputs["preluActivationWeights"]) throw new Unsupported("its slopes are channels-first");
    const raised =
      bias && first && bias.shape.length === 1 ? graph.reshape(bias, [bias.shape[0]!, 1, 1]) : bias;
    return activated(graph, raised ? graph.elementwise("Add", [result, raised]) : result, inputs, attributes);
  };

export const convolutions: Lowerings = {
  Conv2D: convolution,
  Conv2DBackpropFilter: convolutionFilter,
  Conv2DBackpropInput: convolutionInput,
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseInput,
  FusedConv2D: fused(false),
  FusedDepthwiseConv2D: fused(true),
};
