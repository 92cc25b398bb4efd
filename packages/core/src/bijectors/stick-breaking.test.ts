import { beforeAll, expect, it } from "vitest";
import { dispose, grads, makeTensor, sum } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { StickBreaking } from "./stick-breaking.js";
import { bijectorProperties } from "./testing/properties.js";

beforeAll(async () => {
  await useBackend("cpu");
});

bijectorProperties({
  name: "StickBreaking",
  create: () => new StickBreaking(),
  z: [2, 3],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9],
  constantLogDet: false,
  surface: true,
});

it("makes equal parts of zeros, and parts that sum to one of anything", () => {
  const z = makeTensor([0, 0, 0, 30, -40, 3], [2, 3]);
  const x = new StickBreaking().forward(z);
  const values = Array.from(x.dataSync());
  values.slice(0, 4).forEach((value) => expect(value).toBeCloseTo(0.25, 6));
  expect(values.slice(4).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  expect(values.every((value) => value > 0)).toBe(true);
  dispose([z, x]);
});

it("gives -Infinity and no gradient outside of the simplex", () => {
  const x = makeTensor([0.5, 0.6, 0.1, 1, 0, 0, -0.1, 0.6, 0.5], [3, 3]);
  const bijector = new StickBreaking();
  const inverse = bijector.inverse(x);
  expect(Array.from(inverse.dataSync()).every(Number.isNaN)).toBe(true);
  const { value, logDet } = bijector.inverseWithLogDet(x);
  expect(Array.from(logDet.dataSync())).toEqual([-Infinity, -Infinity, -Infinity]);
  expect(Array.from(value.dataSync()).every(Number.isFinite)).toBe(true);
  const [gradient] = grads((at) => sum(bijector.inverseWithLogDet(at).logDet))([x]);
  expect(Array.from(gradient!.dataSync()).every((number) => Math.abs(number) === 0)).toBe(true);
  dispose([x, inverse, value, logDet, gradient!]);
});

it("needs two parts", () => {
  expect(() => new StickBreaking().inverseShape([3, 1])).toThrow(InputError);
});
