import type { GradConfig, Rank, Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  cumsum,
  mul,
  range,
  reshape,
  scalar,
  transpose,
  unsortedSegmentSum,
  util,
  zeros,
} from "../engine.js";
import { fromInputs } from "./gradient.js";

const product = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** Gradients of operations that move elements along axes. */
export const structuralGradients = (): GradConfig[] => [
  // TensorFlow.js transposes this one wrongly along any axis but the last.
  fromInputs("Cumsum", [], (dy, _, attributes) => ({
    x: () => cumsum(dy, Number(attributes["axis"]), Boolean(attributes["exclusive"]), !attributes["reverse"]),
  })),
  fromInputs("GatherV2", ["x", "indices"], (dy, [x, indices], attributes) => ({
    x: () =>
      scatterAlong(dy, x!.shape, indices!, Number(attributes["axis"]), Number(attributes["batchDims"])),
    indices: () => zeros(indices!.shape),
  })),
];

/** Adds the rows of dy into zeros of the given shape, at the indices along an axis; leading batches stay apart. */
function scatterAlong(
  dy: Tensor,
  shape: number[],
  indices: Tensor,
  axisParameter: number,
  batchRank: number,
): Tensor {
  const axis = util.parseAxisParam(axisParameter, shape)[0]!;
  const [batch, outer, inner] = [
    product(shape.slice(0, batchRank)),
    product(shape.slice(batchRank, axis)),
    product(shape.slice(axis + 1)),
  ];
  const size = shape[axis]!;
  const count = indices.size / batch;
  const rows = transpose(reshape(dy, [batch, outer, count, inner]), [0, 2, 1, 3]);
  const offsets = reshape(mul(range(0, batch, 1, "int32"), scalar(size, "int32")), [batch, 1]);
  const segments = reshape<Rank.R1>(add(reshape(indices, [batch, count]), offsets), [batch * count]);
  const sums = unsortedSegmentSum(reshape(rows, [batch * count, outer * inner]), segments, batch * size);
  return reshape(transpose(reshape(sums, [batch, size, outer, inner]), [0, 2, 1, 3]), shape);
}
