import type { Graph } from "../graph/graph.js";
import type { Value } from "../graph/types.js";
import {
  fits,
  geometry,
  inward,
  nodeAttributes,
  outward,
  type Geometry,
  type Shape4,
} from "./convolution-geometry.js";
import { taps } from "./filter-gradient.js";
import { filterFirst, inputGradient } from "./input-gradient.js";
import { attribute, demand, input, type Lowering } from "./lowering.js";
import { concatenate } from "./structure.js";

/** [height, width, channels, multiplier] as [height, width, 1, channels · multiplier]: one group per channel. */
const grouped = (graph: Graph, filter: Value): Value => {
  const [height, width, channels, multiplier] = filter.shape as Shape4;
  return graph.reshape(filter, [height, width, 1, channels * multiplier]);
};

export function depthwiseForward(graph: Graph, x: Value, filter: Value, info: Geometry): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const weights = filterFirst(graph, grouped(graph, filter));
  const attributes = nodeAttributes(info, info.inChannels);
  return graph.node("Conv", [inward(graph, x, info), weights], { shape, dtype: "float32" }, attributes);
}

export const depthwise: Lowering = (graph, inputs, attributes) => {
  const [x, filter] = [demand(input(inputs, "x"), "float32"), demand(input(inputs, "filter"), "float32")];
  const info = geometry(attributes, x.shape, filter.shape, true);
  return outward(graph, depthwiseForward(graph, x, filter, info), info);
};

export const depthwiseInput: Lowering = (graph, inputs, attributes) => {
  const [dy, filter] = [demand(input(inputs, "dy"), "float32"), demand(input(inputs, "filter"), "float32")];
  const info = geometry(attributes, attribute<number[]>(attributes, "inputShape"), filter.shape, true);
  const gradient = inputGradient(
    graph,
    inward(graph, dy, info),
    grouped(graph, filter),
    info,
    info.inChannels,
  );
  return outward(graph, gradient, info);
};

export const depthwiseFilter: Lowering = (graph, inputs, attributes) => {
  const [x, dy] = [demand(input(inputs, "x"), "float32"), demand(input(inputs, "dy"), "float32")];
  const filterShape = attribute<number[]>(attributes, "filterShape");
  const info = geometry(attributes, x.shape, filterShape, true);
  const [, , channels, multiplier] = filterShape as Shape4;
  const { batchSize: count, outHeight, outWidth } = info;
  fits(dy, info);
  const gradient = graph.reshape(inward(graph, dy, info), [count, channels, multiplier, outHeight, outWidth]);
  const parts = taps(graph, inward(graph, x, info), info).map((tap) => {
    const seen = graph.reshape(tap, [count, channels, 1, outHeight, outWidth]);
    const shape = [channels, multiplier];
    const axes = graph.integers([0, 3, 4]);
    const weighted = graph.elementwise("Mul", [seen, gradient]);
    const sum = graph.node(
      "ReduceSum",
      [weighted, axes],
      { shape, dtype: "float32" },
      { keepdims: { int: 0 } },
    );
    return graph.reshape(sum, [1, channels, multiplier]);
  });
  return graph.reshape(concatenate(graph, parts, 0), filterShape);
};
