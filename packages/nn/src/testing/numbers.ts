import { tensor, tidy, variable, type Variable } from "@tensorflow/tfjs-core";

/** A variable of fixed uneven numbers between -scale and scale. */
export const uneven = (shape: number[], scale = 1, phase = 0): Variable => {
  const size = shape.reduce((a, b) => a * b, 1);
  const numbers = Float32Array.from({ length: size }, (_, i) => scale * Math.sin(2.39 * i + 0.4 + phase));
  return tidy(() => variable(tensor(numbers, shape)));
};

/** The largest absolute difference of two lists of numbers. */
export const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length
    ? Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)
    : Infinity;
