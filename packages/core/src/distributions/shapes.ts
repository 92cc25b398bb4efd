import type { Tensor } from "@tensorflow/tfjs-core";
import { broadcastTo, cast, scalar, where } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";

/** A distribution's parameter: a number stays a number until a method runs, so that nothing is allocated. */
export type Parameter = number | Tensor;

/** The parameter as a tensor; call it inside `tidy`. A tensor is borrowed, not copied. */
export const parameter = (value: Parameter): Tensor => (typeof value === "number" ? scalar(value) : value);

/** The parameter's shape; a number has none. */
export const shapeOf = (value: Parameter): Shape => (typeof value === "number" ? [] : value.shape);

/** The shape to which all shapes broadcast. Throws `InputError` when two axes differ and neither is 1. */
export function broadcastShapes(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((size) => size !== 1);
    if (sizes.some((size) => size !== sizes[0])) {
      const list = shapes.map((shape) => `[${shape.join(", ")}]`).join(" and ");
      throw new InputError(`Parameters of shapes ${list} don't broadcast; make their axes equal or 1.`);
    }
    return sizes[0] ?? 1;
  });
}

/** The batch shape of a distribution with scalar events: its parameters' shapes, broadcast. */
export const batchShapeOf = (...parameters: readonly Parameter[]): Shape =>
  broadcastShapes(...parameters.map(shapeOf));

/** The shape of a sample: sample axes, then batch axes, then event axes. */
export const sampleShape = (shape: Shape, batch: Shape, event: Shape = []): number[] => [
  ...shape,
  ...batch,
  ...event,
];

/** A new tensor with the parameter's values, broadcast to the shape; never the parameter's own tensor. */
export const expand = (value: Parameter, shape: Shape): Tensor => broadcastTo(parameter(value), [...shape]);

/** How many elements a tensor of this shape has. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/**
 * A log-probability that is -Infinity outside the support, with zero gradient there and no NaN.
 * `inside` is the support's mask, `safe` a value (or a tensor of values) inside the support.
 *
 * Guard ("double where"): outside the support `f` sees `safe`, so that its gradient is finite before the outer
 * selection multiplies it by zero; NaN counts as outside.
 */
export function outsideSupport(x: Tensor, inside: Tensor, safe: Parameter, f: (x: Tensor) => Tensor): Tensor {
  const guarded = where(inside, cast(x, "float32"), parameter(safe));
  return where(inside, f(guarded), scalar(-Infinity));
}

/** Throws `InputError` unless every parameter given as a number is positive and finite. Tensors are not read. */
export function requirePositive(family: string, parameters: Readonly<Record<string, Parameter>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === "number" && !(value > 0 && value < Infinity)) {
      throw new InputError(`${family}: ${name} is ${value}; give a positive finite number.`);
    }
  }
}

/** Throws `InputError` unless every parameter given as a number is finite. Tensors are not read. */
export function requireFinite(family: string, parameters: Readonly<Record<string, Parameter>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new InputError(`${family}: ${name} is ${value}; give a finite number.`);
    }
  }
}
