import type { Tensor } from "@tensorflow/tfjs-core";
import { pad, reshape, slice } from "../engine.js";

const product = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** An axis' elements set apart by the given distance, with zeros between them. */
export function spread(x: Tensor, axis: number, distance: number): Tensor {
  const [before, size, after] = around(x, axis);
  const apart = pad(reshape(x, [before, size, 1, after]), [
    [0, 0],
    [0, 0],
    [0, distance - 1],
    [0, 0],
  ]);
  const length = (size - 1) * distance + 1;
  const cut = slice(reshape(apart, [before, size * distance, after]), [0, 0, 0], [before, length, after]);
  return reshape(cut, x.shape.with(axis, length));
}

/** The elements of an axis that stand at multiples of the given distance: what `spread` had set apart. */
export function gathered(x: Tensor, axis: number, distance: number): Tensor {
  const [before, length, after] = around(x, axis);
  const whole = pad(reshape(x, [before, length, after]), [
    [0, 0],
    [0, distance - 1],
    [0, 0],
  ]);
  const size = (length - 1) / distance + 1;
  const cut = slice(reshape(whole, [before, size, distance, after]), [0, 0, 0, 0], [before, size, 1, after]);
  return reshape(cut, x.shape.with(axis, size));
}

const around = (x: Tensor, axis: number): [number, number, number] => [
  product(x.shape.slice(0, axis)),
  x.shape[axis]!,
  product(x.shape.slice(axis + 1)),
];
