import type { Tensor } from "@tensorflow/tfjs-core";
import { add, zeros } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";

/** The shape to which all shapes broadcast; throws InputError when there is none. */
export function broadcastShapes(...shapes: Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const size = sizes.find((candidate) => candidate !== 1) ?? 1;
    if (sizes.some((candidate) => candidate !== 1 && candidate !== size)) {
      const list = shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ");
      throw new InputError(`Shapes ${list} do not broadcast: make the sizes of each axis equal or 1.`);
    }
    return size;
  });
}

/** The tensor repeated to a shape, by an addition of zeros, whose gradient is one sum. */
export function broadcastToShape(x: Tensor, shape: Shape): Tensor {
  const same = x.shape.length === shape.length && x.shape.every((size, axis) => size === shape[axis]);
  return same ? x : add(x, zeros([...shape]));
}
