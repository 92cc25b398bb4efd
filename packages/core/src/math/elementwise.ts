import type { Tensor } from "@tensorflow/tfjs-core";
import { makeTensor } from "../backend/engine.js";
import type { Shape } from "../types.js";
import { broadcastShapes } from "./broadcast.js";

/** How far one step along each axis of `shape` moves in the tensor's own values; 0 where it is broadcast. */
function strides(own: Shape, shape: Shape): number[] {
  const result = shape.map(() => 0);
  let stride = 1;
  for (let axis = own.length - 1; axis >= 0; axis--) {
    if (own[axis] !== 1) result[axis + shape.length - own.length] = stride;
    stride *= own[axis]!;
  }
  return result;
}

/**
 * f of the broadcast tensors' values, computed in float64 in JavaScript and returned as float32.
 *
 * It reads its inputs synchronously and has no gradient: for statistics and quantiles, not for losses.
 */
export function elementwise(f: (...numbers: number[]) => number, ...tensors: Tensor[]): Tensor {
  const shape = broadcastShapes(...tensors.map((tensor) => tensor.shape));
  const operands = tensors.map((tensor) => ({
    values: tensor.dataSync(),
    strides: strides(tensor.shape, shape),
  }));
  const result = new Float32Array(shape.reduce((size, axis) => size * axis, 1));
  const position = shape.map(() => 0);
  for (let index = 0; index < result.length; index++) {
    let rest = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    const numbers = operands.map(
      (operand) =>
        operand.values[operand.strides.reduce((sum, stride, axis) => sum + stride * position[axis]!, 0)]!,
    );
    result[index] = f(...numbers);
  }
  return makeTensor(result, shape);
}
