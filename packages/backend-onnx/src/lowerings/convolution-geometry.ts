import { backend_util } from "@tensorflow/tfjs-core";
import type { Graph } from "../graph/graph.js";
import { Unsupported, type Attributes, type Value } from "../graph/types.js";
import { attribute, type AttributeValues } from "./lowering.js";

export type Geometry = backend_util.Conv2DInfo;
export type Shape4 = [number, number, number, number];

/** Between channels last, as TensorFlow.js has it, and channels first, as the operators do. */
export const channelsFirst = (graph: Graph, x: Value): Value => graph.transpose(x, [0, 3, 1, 2]);
export const channelsLast = (graph: Graph, x: Value): Value => graph.transpose(x, [0, 2, 3, 1]);

type Padding = "valid" | "same" | number | backend_util.ExplicitPadding;

export function geometry(
  attributes: AttributeValues,
  xShape: readonly number[],
  filterShape: readonly number[],
  depthwise: boolean,
): Geometry {
  const format = attribute<"NHWC" | "NCHW" | undefined>(attributes, "dataFormat") ?? "NHWC";
  const pad = attribute<Padding>(attributes, "pad");
  // There TensorFlow.js computes the width of the result with the height of the filter.
  if (typeof pad === "number" && filterShape[0] !== filterShape[1])
    throw new Unsupported("its padding is one number, and its filter not square");
  const info = backend_util.computeConv2DInfo(
    [...xShape] as Shape4,
    [...filterShape] as Shape4,
    attribute<number | [number, number]>(attributes, "strides"),
    attribute<number | [number, number] | undefined>(attributes, "dilations") ?? 1,
    pad,
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
export function fits(dy: Value, info: Geometry): void {
  const [height, width] = info.dataFormat === "channelsLast" ? [1, 2] : [2, 3];
  if (dy.shape[height] !== info.outHeight || dy.shape[width] !== info.outWidth)
    throw new Unsupported("the gradient has another shape");
}

export const nodeAttributes = (info: Geometry, groups: number): Attributes => ({
  strides: { ints: [info.strideHeight, info.strideWidth] },
  dilations: { ints: [info.dilationHeight, info.dilationWidth] },
  pads: { ints: [info.padInfo.top, info.padInfo.left, info.padInfo.bottom, info.padInfo.right] },
  group: { int: groups },
});

export const inward = (graph: Graph, x: Value, info: Geometry): Value =>
  info.dataFormat === "channelsLast" ? channelsFirst(graph, x) : x;

export const outward = (graph: Graph, x: Value, info: Geometry): Value =>
  info.dataFormat === "channelsLast" ? channelsLast(graph, x) : x;
