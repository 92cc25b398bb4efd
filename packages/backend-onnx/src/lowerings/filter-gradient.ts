import type { Graph } from "../graph/graph.js";
import type { Value } from "../graph/types.js";
import { fits, geometry, inward, type Geometry, type Shape4 } from "./convolution-geometry.js";
import { attribute, demand, input, type Lowering } from "./lowering.js";
import { product } from "./products.js";
import { reduce } from "./reductions.js";
import { concatenate, pad, slice } from "./structure.js";

/** What each tap of the filter sees: x padded, cut at the tap's place by the strides. */
export function taps(graph: Graph, x: Value, info: Geometry): Value[] {
  const { padInfo, filterHeight: height, filterWidth: width } = info;
  const whole = bordered(graph, x, [padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right]);
  const strides: Pair = [info.strideHeight, info.strideWidth];
  return places(height, width).map(([row, column]) => {
    const [top, left] = [row * info.dilationHeight, column * info.dilationWidth];
    const phase = phaseOf(graph, whole, [top % strides[0], left % strides[1]], strides);
    const corner: Pair = [Math.floor(top / strides[0]), Math.floor(left / strides[1])];
    return window(graph, phase, corner, [info.outHeight, info.outWidth]);
  });
}

/** Every s-th row and column from a place on. It serves several taps: cuts with strides are slow, others are not. */
function phaseOf(graph: Graph, x: Value, [top, left]: Pair, [rows, columns]: Pair): Value {
  return slice(graph, x, [0, 0, top, left], x.shape, [1, 1, rows, columns]);
}

/** The other way round, without strides: for each tap the gradient at the places to which a pixel gives. */
function gradientTaps(graph: Graph, dy: Value, info: Geometry): Value[] {
  const { padInfo, filterHeight: height, filterWidth: width, inHeight, inWidth } = info;
  const [top, left] = [height - 1 - padInfo.top, width - 1 - padInfo.left];
  const [bottom, right] = [height - 1 - padInfo.bottom, width - 1 - padInfo.right];
  const whole = bordered(graph, dy, [top, bottom], [left, right]);
  return places(height, width).map(([row, column]) =>
    window(graph, whole, [height - 1 - row, width - 1 - column], [inHeight, inWidth]),
  );
}

type Pair = readonly [number, number];

const places = (height: number, width: number): Pair[] =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);

function bordered(graph: Graph, x: Value, rows: Pair, columns: Pair): Value {
  const none: Pair = [0, 0];
  return pad(graph, x, [none, none, rows, columns], 0);
}

function window(graph: Graph, x: Value, [top, left]: Pair, [height, width]: Pair): Value {
  const [first, second] = x.shape as Shape4;
  return slice(graph, x, [0, 0, top, left], [first, second, top + height, left + width], [1, 1, 1, 1]);
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
export const convolutionFilter: Lowering = (graph, inputs, attributes) => {
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
