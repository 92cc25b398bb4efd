import type { Tensor } from "@tensorflow/tfjs-core";
import { column, downloadSync, type Rows } from "@gen/core";
import { expect } from "vitest";
import type { FlowModel } from "../flow/flow-model.js";
import { flatLatents, numericLogDet } from "./jacobian.js";

const release = (tensors: readonly Tensor[]): void => {
  for (const tensor of tensors) tensor.dispose();
};

const numbers = (x: Rows): number[] => Array.from(column(x, "x").data as Float64Array);

/** Expects that data of latents of data are the data, and latents of data of latents the latents. */
export function expectInverse(model: FlowModel, x: Rows, tolerance: number): void {
  const { z, logDet } = model.toLatent(x);
  const again = model.fromLatent(z);
  const own = numbers(x);
  numbers(downloadSync(again)).forEach((value, i) =>
    expect(Math.abs(value - own[i]!)).toBeLessThan(tolerance),
  );
  const back = model.toLatent(again);
  const expected = flatLatents(z);
  flatLatents(back.z).forEach((row, i) => {
    row.forEach((value, j) => expect(Math.abs(value - expected[i]![j]!)).toBeLessThan(tolerance));
  });
  release([...z, logDet, column(again, "x").data as Tensor, ...back.z, back.logDet]);
}

/** Expects the log-determinant of one row to be that of the Jacobian by differences. */
export function expectLogDet(model: FlowModel, x: Rows, tolerance = 1e-3): void {
  const { z, logDet } = model.toLatent(x);
  const [found] = logDet.dataSync<"float32">();
  // The small step for rows near a kink of a network, the large one for float32's rounding.
  const gaps = [2e-3, 1e-2].map((step) => Math.abs(found! - numericLogDet(model, x, step)));
  expect(Math.min(...gaps)).toBeLessThan(tolerance);
  // A map that leaves volumes alone would pass with no log-determinant at all.
  expect(Math.abs(found!)).toBeGreaterThan(0.01);
  release([...z, logDet]);
}
