import type { Graph } from "../graph/graph.js";
import type { Value } from "../graph/types.js";
import { blockedDomain, blockedFilter } from "./blocked-convolution.js";
import { blockOf } from "./conv-node.js";
import type { Geometry, Shape4 } from "./convolution-geometry.js";
import { pad, slice, take } from "./structure.js";

/** One axis of a strided convolution: position i of its input, i + padding = stride · step + phase. */
interface Axis {
  readonly stride: number;
  /** Taps of the filter that fall on one phase. */
  readonly taps: number;
  readonly padding: number;
  /** Steps, from the first to the last, that reach the input. */
  readonly first: number;
  readonly last: number;
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * The input's gradient of a strided convolution as a convolution without strides: position i gathers dy[q - m] w[r + s m]
 * over m where i + padding = s q + r, so that each of the s² phases r has a filter of its own, and the phases are
 * channels of one result (Is the deconvolution layer the same as a convolutional layer?, Shi et al., 2016). Undefined
 * where the filters do not fill the blocks of a blocked convolution, without which it is not quicker.
 */
export function gradientByPhases(
  graph: Graph,
  dy: Value,
  filter: Value,
  info: Geometry,
  groups: number,
): Value | undefined {
  const rows = axisOf(info.strideHeight, info.filterHeight, info.padInfo.top, info.inHeight, info.outHeight);
  const columns = axisOf(info.strideWidth, info.filterWidth, info.padInfo.left, info.inWidth, info.outWidth);
  const phases = rows.stride * columns.stride;
  const simple = groups === 1 && info.dilationHeight === 1 && info.dilationWidth === 1;
  const { inChannels, outChannels, batchSize } = info;
  if (!simple || rows.stride !== columns.stride || phases === 1) return undefined;
  const block = blockOf(graph, inChannels, outChannels, rows.taps * columns.taps);
  const [before, after] = [rows, columns].map(borders) as [Pair, Pair];
  const pads = [before[0], after[0], before[1], after[1]];
  if (block === undefined || pads.some((amount) => amount < 0)) return undefined;
  const shape = [
    batchSize,
    phases * inChannels,
    rows.last - rows.first + 1,
    columns.last - columns.first + 1,
  ];
  const image = graph.node("ReorderInput", [dy], dy, {}, blockedDomain);
  const weights = blockedFilter(graph, phaseFilters(graph, filter, rows, columns), block);
  const attributes = { pads: { ints: pads } };
  const result = { shape, dtype: "float32" } as const;
  const apart = graph.node("Conv", [image, weights], result, attributes, blockedDomain);
  const whole = woven(graph, apart, rows.stride, block);
  const plain = { channels: { int: inChannels } };
  return cropped(graph, graph.node("ReorderOutput", [whole], whole, plain, blockedDomain), rows, columns);
}

type Pair = readonly [number, number];

function axisOf(stride: number, filter: number, padding: number, inputs: number, outputs: number): Axis {
  const first = Math.floor(padding / stride);
  const last = Math.floor((inputs - 1 + padding) / stride);
  return { stride, taps: Math.ceil(filter / stride), padding, first, last, inputs, outputs };
}

/** Zeros around dy, so that its windows of `taps` elements are those of the steps. */
const borders = ({ taps, first, last, outputs }: Axis): Pair => [taps - 1 - first, last - (outputs - 1)];

/** From [height, width, in, out]: [phases · in, out, taps, taps], the taps in reverse. */
function phaseFilters(graph: Graph, filter: Value, rows: Axis, columns: Axis): Value {
  const [height, width, inputs, outputs] = filter.shape as Shape4;
  const [m, n, s] = [rows.taps, columns.taps, rows.stride];
  const none: Pair = [0, 0];
  const whole = pad(graph, filter, [[0, m * s - height], [0, n * s - width], none, none], 0);
  const split = graph.reshape(whole, [m, s, n, s, inputs, outputs]);
  const reverse = (value: Value, axis: number, length: number): Value =>
    take(
      graph,
      value,
      Array.from({ length }, (_, i) => length - 1 - i),
      axis,
    );
  const flipped = reverse(reverse(split, 0, m), 2, n);
  return graph.reshape(graph.transpose(flipped, [1, 3, 4, 5, 0, 2]), [s * s * inputs, outputs, m, n]);
}

/**
 * [count, phases · channels, height, width] to [count, channels, s height, s width], both in blocks of channels, so that
 * whole blocks move.
 */
function woven(graph: Graph, apart: Value, stride: number, block: number): Value {
  const [count, channels, height, width] = apart.shape as Shape4;
  const rest = channels / stride ** 2;
  const split = graph.reshape(apart, [count, stride, stride, rest / block, height, width, block]);
  const ordered = graph.transpose(split, [0, 3, 4, 1, 5, 2, 6]);
  return graph.reshape(ordered, [count, rest, stride * height, stride * width]);
}

function cropped(graph: Graph, x: Value, rows: Axis, columns: Axis): Value {
  const [count, channels] = x.shape as Shape4;
  const [top, left] = [rows, columns].map(({ padding, stride, first }) => padding - stride * first) as [
    number,
    number,
  ];
  const end = [count, channels, top + rows.inputs, left + columns.inputs];
  return slice(graph, x, [0, 0, top, left], end, [1, 1, 1, 1]);
}
