import { key, validate } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it, test } from "vitest";
import { normalRows, realSpec } from "../testing/data.js";
import { expectInverse, expectLogDet } from "../testing/maps.js";
import { shaken } from "../testing/shaken.js";
import { manifest } from "./manifest.js";
import { glowModel } from "./model.js";

beforeAll(() => useBackend("cpu"));

const config = { scales: 2, steps: 2, hidden: 8 };

describe.each([
  [4, 4, 2],
  [4, 4, 1],
])("of images of %d×%d×%d", (...shape) => {
  const model = () => shaken(glowModel(realSpec(shape), config, key(1)), 0.05);

  it("undoes itself to 1e-4", () => {
    using flow = model();
    expectInverse(flow, normalRows(shape, 8), 1e-4);
  });

  it("has the log-determinant of its Jacobian to 1e-3", () => {
    using flow = model();
    for (const seed of [1, 2]) expectLogDet(flow, normalRows(shape, 1, seed));
  });
});

test("the first data set actnorm", () => {
  using flow = glowModel(realSpec([4, 4, 1]), { scales: 1, steps: 1, hidden: 8 }, key(1));
  const x = normalRows([4, 4, 1], 32);
  const data = (x.columns["x"]!.data as Float64Array).map((value) => 7 + 3 * value);
  const moved = { ...x, columns: { x: { data, shape: [4, 4, 1] } } };
  flow.start([moved]);
  const [bias, logScale] = [flow.variables["flow/1/bias"]!, flow.variables["flow/1/logScale"]!];
  // Each of the four channels after the squeeze has the pixels' distribution.
  expect(bias.shape).toEqual([4]);
  for (const value of bias.dataSync()) expect(Math.abs(value + 7)).toBeLessThan(1);
  for (const value of logScale.dataSync()) expect(Math.abs(value + Math.log(3))).toBeLessThan(0.3);
});

test("has latents of its scales, the coarsest first, with the distribution of what was split off", () => {
  using flow = glowModel(realSpec([8, 8, 1]), config, key(1));
  const { z, logDet } = flow.toLatent(normalRows([8, 8, 1], 3));
  expect(z.map(({ shape }) => shape)).toEqual([
    [3, 8, 2, 2],
    [3, 2, 4, 4],
  ]);
  for (const each of [...z, logDet]) each.dispose();
});

test("by default has the peer's parameters on padded digits", () => {
  using flow = glowModel(realSpec([32, 32, 1]), validate(manifest.model, {}, "glow"), key(1));
  const trained = Object.values(flow.variables).filter(({ trainable }) => trainable);
  expect(trained.reduce((sum, { size }) => sum + size, 0)).toBe(76_172);
});

test("frees all that it made", () => {
  const before = memory().numTensors;
  glowModel(realSpec([4, 4, 1]), config, key(1))[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});

test("refuses odd sizes and more parameters than its file holds", () => {
  expect(() => glowModel(realSpec([5, 4, 1]), config, key(1))).toThrow(/pad or resize/);
  expect(() => glowModel(realSpec([4, 4, 1]), config, key(1), 10)).toThrow(/the file holds 10/);
});
