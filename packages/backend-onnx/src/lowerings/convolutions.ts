import { backend_util } from "@tensorflow/tfjs-core";
import type { Graph } from "../graph/graph.js";
import { Unsupported, type Attributes, type Value } from "../graph/types.js";
import { attribute, demand, input, type AttributeValues, type Lowering, type Lowerings } from "./lowering.js";
import { activated, product } from "./products.js";
import { reduce } from "./reductions.js";
import { blockOf, convolution as convolved } from "./conv-node.js";
import { concatenate, pad, slice, take } from "./structure.js";

type Geometry = backend_util.Conv2DInfo;
type Shape4 = [number, number, number, number];

/** Between channels last, as TensorFlow.js has it, and channels first, as the operators do. */
export const channelsFirst = (graph: Graph, x: Value): Value => graph.transpose(x, [0, 3, 1, 2]);
export const channelsLast = (graph: Graph, x: Value): Value => graph.transpose(x, [0, 2, 3, 1]);

type Padding = "valid" | "same" | number | backend_util.ExplicitPadding;

/** For one number TensorFlow.js computes the output's width with the filter's height. */
function explicit(pad: Padding, format: "NHWC" | "NCHW"): "valid" | "same" | backend_util.ExplicitPadding {
  if (typeof pad !== "number") return pad;
  const [none, sides]: [[number, number], [number, number]] = [
    [0, 0],
    [pad, pad],
  ];
  return format === "NHWC" ? [none, sides, sides, none] : [none, none, sides, sides];
}

function geometry(
  attributes: AttributeValues,
  xShape: readonly number[],
  filterShape: readonly number[],
  depthwise: boolean,
): Geometry {
  const format = attribute<"NHWC" | "NCHW" | undefined>(attributes, "dataFormat") ?? "NHWC";
  const info = backend_util.computeConv2DInfo(
    [...xShape] as Shape4,
    [...filterShape] as Shape4,
    attribute<number | [number, number]>(attributes, "strides"),
    attribute<number | [number, number] | undefined>(attributes, "dilations") ?? 1,
    explicit(attribute<Padding>(attributes, "pad"), format),
    attribute<"floor" | "round" | "ceil" | undefined>(attributes, "dimRoundingMode"),
    depthwise,
    backend_util.convertConv2DDataFormat(format),
  );
  return { ...info, padInfo: { ...info.padInfo, ...ends(info) } };
}

/** The padding after the last element that gives just the output's size, however sizes are rounded. */
export function ends(info: Geometry): { readonly bottom: number; readonly right: number } {
  const { padInfo } = info;
  const reach = (out: number, stride: number, filter: number): number => (out - 1) * stride + filter;
  const height = reach(info.outHeight, info.strideHeight, info.effectiveFilterHeight);
  const width = reach(info.outWidth, info.strideWidth, info.effectiveFilterWidth);
  return {
    bottom: Math.max(0, height - info.inHeight - padInfo.top),
    right: Math.max(0, width - info.inWidth - padInfo.left),
  };
}

/** Refuses a gradient of another shape than the convolution's own result. */
function fits(dy: Value, info: Geometry): void {
  const [height, width] = info.dataFormat === "channelsLast" ? [1, 2] : [2, 3];
  if (dy.shape[height] !== info.outHeight || dy.shape[width] !== info.outWidth)
    throw new Unsupported("the gradient has another shape");
}

const nodeAttributes = (info: Geometry, groups: number): Attributes => ({
  strides: { ints: [info.strideHeight, info.strideWidth] },
  dilations: { ints: [info.dilationHeight, info.dilationWidth] },
  pads: { ints: [info.padInfo.top, info.padInfo.left, info.padInfo.bottom, info.padInfo.right] },
  group: { int: groups },
});

const inward = (graph: Graph, x: Value, info: Geometry): Value =>
  info.dataFormat === "channelsLast" ? channelsFirst(graph, x) : x;

const outward = (graph: Graph, x: Value, info: Geometry): Value =>
  info.dataFormat === "channelsLast" ? channelsLast(graph, x) : x;

/** [height, width, in, out] as the operators take it: [out, in, height, width]. */
const filterFirst = (graph: Graph, filter: Value): Value => graph.transpose(filter, [3, 2, 0, 1]);

/** The filter with its rows and columns in reverse. */
const turned = (graph: Graph, filter: Value): Value =>
  take(graph, take(graph, filter, countdown(filter.shape[0]!), 0), countdown(filter.shape[1]!), 1);

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
  const weights = graph.transpose(turned(graph, filter), [2, 3, 0, 1]);
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

/** A stride of 1 is a convolution with the filter turned around; others are the operator's transpose. */
function inputGradient(graph: Graph, dy: Value, filter: Value, info: Geometry, groups: number): Value {
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
      const weights = graph.transpose(turned(graph, filter), [2, 3, 0, 1]);
      return convolved(graph, dy, weights, shape, attributes);
    }
  }
  if (short.some((amount, i) => amount < 0 || amount >= [info.strideHeight, info.strideWidth][i]!))
    throw new Unsupported("its padding exceeds the filter");
  return graph.node(
    "ConvTranspose",
    [dy, filterFirst(graph, filter)],
    { shape, dtype: "float32" },
    { ...nodeAttributes(info, groups), output_padding: { ints: short } },
  );
}

const countdown = (length: number): number[] => Array.from({ length }, (_, i) => length - 1 - i);

const convolutionInput: Lowering = (graph, inputs, attributes) => {
  const [dy, filter] = [demand(input(inputs, "dy"), "float32"), demand(input(inputs, "filter"), "float32")];
  const info = geometry(attributes, attribute<number[]>(attributes, "inputShape"), filter.shape, false);
  fits(dy, info);
  return outward(graph, inputGradient(graph, inward(graph, dy, info), filter, info, 1), info);
};

/** What each tap of the filter sees: x padded, cut at the tap's place by the strides. */
function taps(graph: Graph, x: Value, info: Geometry): Value[] {
  const { padInfo, filterHeight: height, filterWidth: width } = info;
  const whole = bordered(graph, x, [padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right]);
  const ends = [
    (info.outHeight - 1) * info.strideHeight + 1,
    (info.outWidth - 1) * info.strideWidth + 1,
  ] as const;
  return places(height, width).map(([row, column]) => {
    const [top, left] = [row * info.dilationHeight, column * info.dilationWidth];
    return window(graph, whole, [top, left], ends, [info.strideHeight, info.strideWidth]);
  });
}

/** The other way round, without strides: for each tap the gradient at the places to which a pixel gives. */
function gradientTaps(graph: Graph, dy: Value, info: Geometry): Value[] {
  const { padInfo, filterHeight: height, filterWidth: width, inHeight, inWidth } = info;
  const [top, left] = [height - 1 - padInfo.top, width - 1 - padInfo.left];
  const [bottom, right] = [height - 1 - padInfo.bottom, width - 1 - padInfo.right];
  const whole = bordered(graph, dy, [top, bottom], [left, right]);
  return places(height, width).map(([row, column]) =>
    window(graph, whole, [height - 1 - row, width - 1 - column], [inHeight, inWidth], [1, 1]),
  );
}

type Pair = readonly [number, number];

const places = (height: number, width: number): Pair[] =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);

function bordered(graph: Graph, x: Value, rows: Pair, columns: Pair): Value {
  const none: Pair = [0, 0];
  return pad(graph, x, [none, none, rows, columns], 0);
}

function window(graph: Graph, x: Value, [top, left]: Pair, [height, width]: Pair, strides: Pair): Value {
  const [first, second] = x.shape as Shape4;
  return slice(graph, x, [0, 0, top, left], [first, second, top + height, left + width], [1, 1, ...strides]);
}

/** Whether the gradient has fewer channels than the image, and can be cut in its place. */
function isNarrowing(info: Geometry): boolean {
  const { padInfo, inChannels, outChannels, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  if (outChannels >= inChannels || strideHeight * strideWidth * dilationHeight * dilationWidth > 1)
    return false;
  return (
    Math.max(padInfo.top, padInfo.bottom) < info.filterHeight &&
    Math.max(padInfo.left, padInfo.right) < info.filterWidth
  );
}

/** Places of an image from which a product per image is as quick as one over all images. */
const manyPlaces = 200;

/** One matrix product per tap over all places, [in, places] · [out, places]ᵀ, where the narrower side is cut. */
const convolutionFilter: Lowering = (graph, inputs, attributes) => {
  const [x, dy] = [demand(input(inputs, "x"), "float32"), demand(input(inputs, "dy"), "float32")];
  const filterShape = attribute<number[]>(attributes, "filterShape");
  const info = geometry(attributes, x.shape, filterShape, false);
  fits(dy, info);
  const narrowing = isNarrowing(info);
  const many = info.outHeight * info.outWidth >= manyPlaces && !graph.portable;
  const flat = many ? eachImage : allImages;
  const [image, gradient] = [x, dy].map((value) => flat.ordered(graph, inward(graph, value, info)));
  const cut = narrowing ? gradientTaps(graph, gradient!, info) : taps(graph, image!, info);
  const [channels, outputs] = [info.inChannels, info.outChannels];
  // With few channels the taps together make one product of a useful size.
  const together = Math.min(channels, outputs) <= 8;
  const axis = flat.channelAxis;
  const groups = (together ? [concatenate(graph, cut, axis)] : cut).map((tap) =>
    narrowing ? flat.product(graph, image!, tap) : flat.product(graph, tap, gradient!),
  );
  if (together && narrowing)
    return graph.reshape(
      graph.transpose(graph.reshape(groups[0]!, [channels, cut.length, outputs]), [1, 0, 2]),
      filterShape,
    );
  return graph.reshape(concatenate(graph, groups, 0), filterShape);
};

/** How images are laid out for products over their places. */
interface Layout {
  readonly channelAxis: number;
  /** From [count, channels, height, width]. */
  ordered(graph: Graph, x: Value): Value;
  /** [channels of a, channels of b] */
  product(graph: Graph, a: Value, b: Value): Value;
}

/** A product for each image, then their sum: nothing is moved but for the taps. */
const eachImage: Layout = {
  channelAxis: 1,
  ordered: (_, x) => x,
  product(graph, a, b) {
    const flat = (value: Value): Value => {
      const [count, channels, height, width] = value.shape as Shape4;
      return graph.reshape(value, [count, channels, height * width]);
    };
    const shape = [a.shape[0]!, a.shape[1]!, b.shape[1]!];
    const inputs = [flat(a), flat(b)];
    const result = { shape, dtype: "float32" } as const;
    const each = graph.node("FusedMatMul", inputs, result, { transB: { int: 1 } }, "com.microsoft");
    return reduce(graph, "ReduceSum", each, [0], false);
  },
};

/** Channels outermost, so that one product goes over all images. */
const allImages: Layout = {
  channelAxis: 0,
  ordered: (graph, x) => graph.transpose(x, [1, 0, 2, 3]),
  product(graph, a, b) {
    const flat = (value: Value): Value => {
      const [channels, count, height, width] = value.shape as Shape4;
      return graph.reshape(value, [channels, count * height * width]);
    };
    return product(graph, flat(a), flat(b), false, true);
  },
};

/** [height, width, channels, multiplier] as [height, width, 1, channels · multiplier]: one group per channel. */
const grouped = (graph: Graph, filter: Value): Value => {
  const [height, width, channels, multiplier] = filter.shape as Shape4;
  return graph.reshape(filter, [height, width, 1, channels * multiplier]);
};

function depthwiseForward(graph: Graph, x: Value, filter: Value, info: Geometry): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const weights = filterFirst(graph, grouped(graph, filter));
  const attributes = nodeAttributes(info, info.inChannels);
  return graph.node("Conv", [inward(graph, x, info), weights], { shape, dtype: "float32" }, attributes);
}

const depthwise: Lowering = (graph, inputs, attributes) => {
  const [x, filter] = [demand(input(inputs, "x"), "float32"), demand(input(inputs, "filter"), "float32")];
  const info = geometry(attributes, x.shape, filter.shape, true);
  return outward(graph, depthwiseForward(graph, x, filter, info), info);
};

const depthwiseInput: Lowering = (graph, inputs, attributes) => {
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

const depthwiseFilter: Lowering = (graph, inputs, attributes) => {
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
