import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dispose, makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InvertibleConvolution } from "./invertible-convolution.js";
import { luFactors, type LuFactors } from "./lu-factors.js";
import { bijectorProperties } from "./testing/properties.js";

const matrix = [0.2, -1, 0.5, 2, 0.3, -0.7, -0.4, 0.9, 1.1];
let factors: LuFactors<Tensor>;
beforeAll(async () => {
  await useBackend("cpu");
  const { permutation, lower, upper, sign, logDiagonal } = luFactors(matrix, 3);
  factors = {
    permutation: makeTensor(permutation, [3, 3]),
    // What stands on the other side is not read.
    lower: makeTensor(
      lower.map((value, i) => (Math.floor(i / 3) > i % 3 ? value : 9)),
      [3, 3],
    ),
    upper: makeTensor(
      upper.map((value, i) => (Math.floor(i / 3) < i % 3 ? value : 9)),
      [3, 3],
    ),
    sign: makeTensor(sign),
    logDiagonal: makeTensor(logDiagonal),
  };
});
afterAll(() => {
  dispose(Object.values(factors) as Tensor[]);
});

bijectorProperties({
  name: "InvertibleConvolution",
  create: () => new InvertibleConvolution(factors),
  z: [2, 3, 1, 2],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9, 0.5, -0.1, 1.3, 0.8, -0.6, -1.2],
  constantLogDet: true,
});

it("multiplies the channels of each pixel by the matrix, with its log-determinant", () => {
  const x = makeTensor([1, 10, 2, 20, 3, 30], [1, 3, 1, 2]);
  const { value, logDet } = new InvertibleConvolution(factors).inverseWithLogDet(x);
  const expected = [0, 1, 2].map((row) =>
    [1, 2, 3].reduce((sum, v, column) => sum + matrix[row * 3 + column]! * v, 0),
  );
  Array.from(value.dataSync()).forEach((actual, i) =>
    expect(actual).toBeCloseTo((i % 2 === 0 ? 1 : 10) * expected[Math.floor(i / 2)]!, 4),
  );
  // det by the rule of Sarrus.
  const [a, b, c, d, e, f, g, h, i] = matrix as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const det = a * e * i + b * f * g + c * d * h - c * e * g - b * d * i - a * f * h;
  expect(logDet.dataSync()[0]).toBeCloseTo(2 * Math.log(Math.abs(det)), 5);
  dispose([x, value, logDet]);
});
