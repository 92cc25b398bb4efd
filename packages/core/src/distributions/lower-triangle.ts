import type { Tensor } from "@tensorflow/tfjs-core";
import { expandDims, greaterEqual, matMul, range, reshape, transpose, where } from "../backend/engine.js";
import type { Shape } from "../types.js";
import { broadcastShapes, expand, sizeOf } from "./shapes.js";

/** The matrices with zeros above the diagonal. */
export function lowerTriangle(matrices: Tensor): Tensor {
  const index = range(0, matrices.shape.at(-1)!);
  return where(greaterEqual(expandDims(index, 1), index), matrices, 0);
}

/** M v for matrices [...batch, d, d] and vectors [...samples, ...batch, d], which broadcast to the batch shape. */
export function applyMatrix(matrices: Tensor, vectors: Tensor, batchShape: Shape): Tensor {
  const size = matrices.shape.at(-1)!;
  const count = sizeOf(batchShape);
  const shape = broadcastShapes(vectors.shape, [...batchShape, size]);
  const grouped = transpose(reshape(expand(vectors, shape), [-1, count, size]), [1, 0, 2]);
  const factors = reshape(expand(matrices, [...batchShape, size, size]), [count, size, size]);
  return reshape(transpose(matMul(grouped, factors, false, true), [1, 0, 2]), shape);
}
