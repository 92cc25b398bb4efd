import type { Tensor } from "@tensorflow/tfjs-core";
import { abs, lessEqual, sub, sum } from "../backend/engine.js";

/** How far a float32 point's sum may be from one: rounding of up to a thousand parts stays well below. */
const TOLERANCE = 1e-5;

/** Float32's smallest normal number: no part of a draw is rounded to the boundary. */
export const SMALLEST_PART = 2 ** -126;

/** Whether the last axis sums to one, within float32's rounding. */
export const sumsToOne = (x: Tensor): Tensor => lessEqual(abs(sub(sum(x, -1), 1)), TOLERANCE);

/** The same in float64. */
export const sumsToOne64 = (x: Float64Array): boolean =>
  Math.abs(x.reduce((total, part) => total + part, 0) - 1) <= TOLERANCE;

/** Each group of `size` logarithms as shares of the group's sum. */
export function normaliseGroups(logs: Float64Array, size: number): Float64Array {
  const shares = new Float64Array(logs.length);
  for (let start = 0; start < logs.length; start += size) {
    const group = logs.subarray(start, start + size);
    const largest = group.reduce((a, b) => Math.max(a, b), -Infinity);
    const weights = group.map((value) => Math.exp(value - largest));
    const total = weights.reduce((a, b) => a + b, 0);
    for (const [k, weight] of weights.entries()) shares[start + k] = Math.max(weight / total, SMALLEST_PART);
  }
  return shares;
}
