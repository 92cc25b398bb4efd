import { backend_util } from "@tensorflow/tfjs-core";
import { sizeOf } from "../graph/shapes.js";
import { Unsupported, type Attributes, type Value } from "../graph/types.js";
import { channelsFirst, channelsLast, ends } from "./convolution-geometry.js";
import { attribute, demand, input, type AttributeValues, type Lowering, type Lowerings } from "./lowering.js";

type Geometry = backend_util.Conv2DInfo;

function geometry(attributes: AttributeValues, shape: readonly number[]): Geometry {
  const [pad, size] = [
    attribute<"valid" | "same" | number>(attributes, "pad"),
    attribute<number | [number, number]>(attributes, "filterSize"),
  ];
  // There TensorFlow.js computes the width of the result with the height of the window.
  if (typeof pad === "number" && typeof size !== "number" && size[0] !== size[1])
    throw new Unsupported("its padding is one number, and its window not square");
  const info = backend_util.computePool2DInfo(
    [...shape] as [number, number, number, number],
    size,
    attribute<number | [number, number]>(attributes, "strides"),
    1,
    pad,
    attribute<"floor" | "round" | "ceil" | undefined>(attributes, "dimRoundingMode"),
  );
  const padInfo = { ...info.padInfo, ...ends(info) };
  if (Math.max(padInfo.top, padInfo.bottom) >= info.filterHeight)
    throw new Unsupported("it is padded too far");
  if (Math.max(padInfo.left, padInfo.right) >= info.filterWidth)
    throw new Unsupported("it is padded too far");
  return { ...info, padInfo };
}

const nodeAttributes = (info: Geometry): Attributes => ({
  kernel_shape: { ints: [info.filterHeight, info.filterWidth] },
  strides: { ints: [info.strideHeight, info.strideWidth] },
  pads: { ints: [info.padInfo.top, info.padInfo.left, info.padInfo.bottom, info.padInfo.right] },
});

const outputShape = (info: Geometry): number[] => [
  info.batchSize,
  info.outChannels,
  info.outHeight,
  info.outWidth,
];

const pool =
  (operator: string): Lowering =>
  (graph, inputs, attributes) => {
    const x = demand(input(inputs, "x"), "float32");
    const info = geometry(attributes, x.shape);
    const result = { shape: outputShape(info), dtype: "float32" } as const;
    return channelsLast(graph, graph.node(operator, [channelsFirst(graph, x)], result, nodeAttributes(info)));
  };

/** Each output's gradient goes to the place of its maximum. */
const maximumGradient: Lowering = (graph, inputs, attributes) => {
  const [dy, x] = [demand(input(inputs, "dy"), "float32"), demand(input(inputs, "input"), "float32")];
  const info = geometry(attributes, x.shape);
  const shape = outputShape(info);
  const first = channelsFirst(graph, x);
  const [, places] = graph.outputs(
    "MaxPool",
    [first],
    [
      { shape, dtype: "float32" },
      { shape, dtype: "int64" },
    ],
    nodeAttributes(info),
  );
  const size = sizeOf(x.shape);
  const flat = (value: Value): Value => graph.reshape(value, [sizeOf(shape)]);
  const scattered = graph.node(
    "ScatterElements",
    [graph.filled(0, [size], "float32"), flat(places!), flat(channelsFirst(graph, dy))],
    { shape: [size], dtype: "float32" },
    { reduction: { text: "add" } },
  );
  return channelsLast(graph, graph.reshape(scattered, first.shape));
};

/** Every place of a window takes an equal part of its gradient. */
const averageGradient: Lowering = (graph, inputs, attributes) => {
  const [dy, x] = [demand(input(inputs, "dy"), "float32"), demand(input(inputs, "input"), "float32")];
  const info = geometry(attributes, x.shape);
  const channels = info.inChannels;
  const part = 1 / (info.filterHeight * info.filterWidth);
  const filter = graph.filled(part, [channels, 1, info.filterHeight, info.filterWidth], "float32");
  const { top, bottom, left, right } = info.padInfo;
  const short = [
    info.inHeight - ((info.outHeight - 1) * info.strideHeight + info.filterHeight - top - bottom),
    info.inWidth - ((info.outWidth - 1) * info.strideWidth + info.filterWidth - left - right),
  ];
  if (top + bottom + left + right > 0) throw new Unsupported("it is padded");
  if (short[0]! >= info.strideHeight || short[1]! >= info.strideWidth)
    throw new Unsupported("a part of its input is never seen");
  const spread = graph.node(
    "ConvTranspose",
    [channelsFirst(graph, dy), filter],
    { shape: [info.batchSize, channels, info.inHeight, info.inWidth], dtype: "float32" },
    { ...nodeAttributes(info), group: { int: channels }, output_padding: { ints: short } },
  );
  return channelsLast(graph, spread);
};

export const pooling: Lowerings = {
  AvgPool: pool("AveragePool"),
  AvgPoolGrad: averageGradient,
  MaxPool: pool("MaxPool"),
  MaxPoolGrad: maximumGradient,
};
