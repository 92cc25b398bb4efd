import type { KernelConfig, NamedAttrMap } from "@tensorflow/tfjs-core";
import { backend_util } from "../engine.js";

type Shape = [number, number, number, number];
type Info = Parameters<typeof backend_util.computeConv2DInfo>;

/** How far apart the windows of a convolution begin, and by how much they reach beyond the image, by axis. */
export interface Geometry {
  readonly strides: readonly [number, number];
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

/** The geometry of a convolution of images with channels last. */
export function geometry(inputShape: number[], filterShape: number[], attrs: NamedAttrMap): Geometry {
  const { strideHeight, strideWidth, padInfo } = backend_util.computeConv2DInfo(
    inputShape as Shape,
    filterShape as Shape,
    attrs["strides"] as Info[2],
    (attrs["dilations"] ?? 1) as Info[3],
    attrs["pad"] as Info[4],
    attrs["dimRoundingMode"] as Info[5],
  );
  return {
    strides: [strideHeight, strideWidth],
    before: [padInfo.top, padInfo.left],
    after: [padInfo.bottom, padInfo.right],
  };
}

/** A shape among a kernel's attributes. */
export const shapeIn = (attrs: NamedAttrMap, name: string): number[] => [attrs[name]].flat(2).map(Number);

/** Paddings of the four axes that put the given numbers of zeros before and after the images' rows and columns. */
export const paddings = (before: readonly [number, number], after: readonly [number, number]): number[][] => [
  [0, 0],
  [before[0], after[0]],
  [before[1], after[1]],
  [0, 0],
];

/**
 * A convolution's kernel that gets a padding for each axis in place of one number for all, with which TensorFlow.js
 * finds the output's width from the filter's height.
 */
export const explicitPadding = (own: KernelConfig): KernelConfig => ({
  ...own,
  kernelFunc: ({ inputs, attrs = {}, backend }) => {
    const { pad } = attrs;
    if (typeof pad !== "number") return own.kernelFunc({ inputs, attrs, backend });
    const padded = paddings([pad, pad], [pad, pad]);
    const explicit = attrs["dataFormat"] === "NCHW" ? toFirst.map((axis) => padded[axis]!) : padded;
    return own.kernelFunc({ inputs, attrs: { ...attrs, pad: explicit }, backend });
  },
});

/**
 * A convolution's kernel of the wasm back end that gets the zeros that "same" padding comes to: its own count of them
 * falls below zero where windows lie apart.
 */
export const countedPadding = (own: KernelConfig): KernelConfig => ({
  ...own,
  kernelFunc: ({ inputs, attrs = {}, backend }) => {
    const { x, filter } = inputs;
    if (attrs["pad"] !== "same" || !x || !filter) return own.kernelFunc({ inputs, attrs, backend });
    const { before, after } = geometry(x.shape, filter.shape, attrs);
    return own.kernelFunc({ inputs, attrs: { ...attrs, pad: paddings(before, after) }, backend });
  },
});

/** Where the axes [batch, channels, height, width] stand in images with channels last. */
export const toFirst = [0, 3, 1, 2];

/** Where the axes [batch, height, width, channels] stand in images with channels first. */
export const toLast = [0, 2, 3, 1];
