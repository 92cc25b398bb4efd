import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dispose, makeTensor, memory } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key, normals } from "../random/index.js";
import { Actnorm } from "./actnorm.js";
import { bijectorProperties } from "./testing/properties.js";

let bias: Tensor;
let logScale: Tensor;
beforeAll(async () => {
  await useBackend("cpu");
  bias = makeTensor([0.5, -1]);
  logScale = makeTensor([-0.7, 0.4]);
});
afterAll(() => {
  dispose([bias, logScale]);
});

bijectorProperties({
  name: "Actnorm",
  create: () => new Actnorm({ bias, logScale }),
  z: [2, 2, 2, 1],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9, 0.5, -0.1],
  constantLogDet: true,
});

it("begins with channels of mean 0 and variance 1", () => {
  const noise = normals(key(3), 5 * 2 * 3 * 4);
  const x = makeTensor(
    noise.map((value, i) => (Math.floor(i / 12) % 2 === 0 ? 7 + 3 * value : 0.01 * value)),
    [5, 2, 3, 4],
  );
  const before = memory().numTensors;
  const parameters = Actnorm.normalising(x);
  expect(memory().numTensors).toBe(before + 2);
  const z = new Actnorm(parameters).inverse(x);
  const values = z.dataSync();
  for (const channel of [0, 1]) {
    const own = Array.from(values).filter((_, i) => Math.floor(i / 12) % 2 === channel);
    const mean = own.reduce((a, b) => a + b) / own.length;
    const variance = own.reduce((total, v) => total + (v - mean) ** 2, 0) / (own.length - 1);
    expect(mean).toBeCloseTo(0, 4);
    expect(variance).toBeCloseTo(1, 2);
  }
  dispose([x, z, parameters.bias, parameters.logScale]);
});

it("stays finite for a channel that is constant", () => {
  const x = makeTensor(new Float32Array(8).fill(3), [2, 1, 2, 2]);
  const parameters = Actnorm.normalising(x);
  const z = new Actnorm(parameters).inverse(x);
  expect(Array.from(z.dataSync())).toEqual(Array(8).fill(0));
  dispose([x, z, parameters.bias, parameters.logScale]);
});
