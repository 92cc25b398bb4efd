import { expect } from "vitest";
import { makeTensor } from "../../backend/engine.js";
import { tensorCount } from "../../backend/index.js";
import { column, identity, rows } from "../../data/index.js";
import type { DataSpec, Encoding, Rows } from "../../data/types.js";
import type { Values } from "../../types.js";
import type { Capability, Capable } from "../types.js";

export const points: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [2] } } };

/** Something with the given members and just these capabilities. */
export const fake = <M extends object>(
  members: M,
  capabilities: readonly Capability[],
  absent: Capable["absent"] = {},
  spec: DataSpec = points,
): Capable & M =>
  Object.defineProperties(
    { spec, capabilities: new Set(capabilities), absent },
    Object.getOwnPropertyDescriptors(members),
  ) as Capable & M;

/** z = 4 x, with the log-determinant 2 log 4 of two elements, exactly invertible. */
export const fourfold: Encoding = {
  ...identity(points),
  id: "fourfold",
  encode: (x) => scaled(x, 4),
  decode: (z) => scaled(z, 1 / 4),
  logDet: (x) => new Float64Array(x.length).fill(2 * Math.log(4)),
};

/** As `fourfold`, but lossy. */
export const lossy: Encoding = {
  ...fourfold,
  id: "lossy",
  fidelity: "lossy",
  loses: "half of it is gone",
  logDet: () => {
    throw new Error("A lossy encoding has no log-determinant.");
  },
};

/** As `fourfold`, but a bound. */
export const bounding: Encoding = { ...fourfold, id: "bounding", fidelity: "bound" };

function scaled(x: Rows, factor: number): Rows {
  if (!Object.hasOwn(x.columns, "x")) return x;
  const { data, shape } = column(x, "x");
  const numbers = Float64Array.from(data as Float64Array, (value) => value * factor);
  return { length: x.length, columns: { ...x.columns, x: { data: numbers, shape } } };
}

/** The numbers of column x. */
export const numbers = (x: Rows): number[] => Array.from(column(x, "x").data as Float64Array);

/** Two rows of two elements. */
export const data = (): Rows =>
  rows({
    x: [
      [1, 2],
      [3, 4],
    ],
  });

/** One value per row, the sum of its elements of x: on the engine or in float64. */
export function rowSums(z: Rows, onEngine: boolean): Values {
  const values = numbers(z);
  const sums = Float64Array.from({ length: z.length }, (_, i) => values[2 * i]! + values[2 * i + 1]!);
  return onEngine ? makeTensor(Float32Array.from(sums)) : sums;
}

/** Expects that as many tensors live after the work as before. */
export async function expectNoLeak(work: () => unknown): Promise<void> {
  const before = tensorCount();
  await work();
  expect(tensorCount()).toBe(before);
}
