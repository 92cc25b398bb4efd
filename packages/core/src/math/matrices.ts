import type { Tensor } from "@tensorflow/tfjs-core";
import { transpose } from "../backend/engine.js";
import { InputError } from "../errors.js";

/** n of a tensor of shape [..., n, n]; throws InputError for another shape. */
export function squareSize(tensor: Tensor, caller: string): number {
  const n = tensor.shape.at(-1);
  if (n === undefined || tensor.shape.at(-2) !== n) {
    throw new InputError(`${caller} needs square matrices [..., n, n], not [${tensor.shape.join(", ")}].`);
  }
  return n;
}

/** Each matrix of a batch [..., n, m] transposed. */
export function matrixTranspose(tensor: Tensor): Tensor {
  const leading = tensor.rank - 2;
  return transpose(tensor, [...Array.from({ length: leading }, (_, axis) => axis), leading + 1, leading]);
}
