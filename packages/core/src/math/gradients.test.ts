import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { grads, makeTensor, memory, mul } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import * as math from "./index.js";
import { checkGradients, checkSecondGradients } from "./testing/finite-differences.js";

beforeAll(async () => {
  await useBackend("cpu");
});

/** The gradient of Σ f by the engine at each of the numbers. */
const slopes = (f: (x: Tensor) => Tensor, ...xs: number[]): number[] => {
  const [gradient] = grads((x: Tensor) => f(x))([makeTensor(xs)]);
  return Array.from(gradient!.dataSync());
};

const positive = [0.4, 0.9, 1.5, 3, 8];
const real = [-6, -2.5, -0.7, 0.3, 1.2, 3];
const interval = [0.2, 0.35, 0.5, 0.64, 0.8];

const oneArgument: readonly (readonly [string, (x: Tensor) => Tensor, readonly number[], number])[] = [
  ["logGamma", math.logGamma, positive, 0.02],
  ["digamma", math.digamma, positive, 0.02],
  ["trigamma", math.trigamma, positive, 0.02],
  ["erfinv", math.erfinv, [-0.7, -0.3, 0, 0.5, 0.8], 0.01],
  ["normalCdf", math.normalCdf, real, 0.02],
  ["logNormalCdf", math.logNormalCdf, real, 0.02],
  ["normalQuantile", math.normalQuantile, interval, 0.01],
  ["log1mexp", math.log1mexp, [0.4, 0.6, 0.75, 1.5, 4], 0.02],
  ["softplus", math.softplus, real, 0.02],
  ["logSigmoid", math.logSigmoid, real, 0.02],
  ["logBesselI0", math.logBesselI0, [-6, -1.2, -0.2, 0, 0.3, 1, 3, 5, 20], 0.02],
];

describe("functions of one argument", () => {
  it.each(oneArgument)("%s has the right first derivative", (_, f, xs, step) => {
    checkGradients(f, [makeTensor([...xs])], { step });
  });

  it.each(oneArgument)("%s has the right second derivative", (_, f, xs, step) => {
    checkSecondGradients(f, [makeTensor([...xs])], { step, tolerance: 2e-3 });
  });

  it("keep their slopes in the tails", () => {
    expect(slopes(math.logNormalCdf, -1000)[0]! / 1000.001).toBeCloseTo(1, 5);
    expect(slopes(math.softplus, -200, 200)).toEqual([0, 1]);
    expect(slopes(math.log1mexp, 200)).toEqual([0]);
    expect(slopes(math.logBesselI0, 1e6)[0]).toBeCloseTo(1, 5);
    const curvature = slopes((x) => grads((y: Tensor) => math.logNormalCdf(y))([x])[0]!, -1000, -20);
    expect(curvature[0]).toBeCloseTo(-1, 5);
    expect(curvature[1]).toBeCloseTo(-1 + 1 / 400 - 6 / 160000, 5);
  });
});

describe("functions of two arguments", () => {
  const a = () => makeTensor([0.6, 1.3, 4, 9], [2, 2]);
  const b = () => makeTensor([0.9, 2.5], [2]);

  it.each([
    ["logBeta", math.logBeta],
    ["logAddExp", math.logAddExp],
    ["xlogy", math.xlogy],
    ["xlog1py", math.xlog1py],
  ] as const)("%s broadcasts, with right first and second derivatives", (_, f) => {
    expect(f(a(), b()).shape).toEqual([2, 2]);
    expect(f(b(), a()).shape).toEqual([2, 2]);
    checkGradients(f, [a(), b()]);
    checkSecondGradients(f, [a(), b()], { tolerance: 2e-3 });
  });

  it("xlogy and xlog1py are 0 with zero gradients at their removable points", () => {
    const zero = makeTensor([0, 0, 2]);
    const y = makeTensor([0, 3, 0.5]);
    expect(Array.from(math.xlogy(zero, y).dataSync())).toEqual([0, 0, Math.fround(2 * Math.log(0.5))]);
    const [dx, dy] = grads((x: Tensor, z: Tensor) => math.xlogy(x, z))([zero, y]);
    expect(Array.from(dx!.dataSync())).toEqual([0, Math.log(3), Math.log(0.5)].map(Math.fround));
    expect(Array.from(dy!.dataSync())).toEqual([0, 0, 4]);
    const [dx1, dy1] = grads((x: Tensor, z: Tensor) => math.xlog1py(x, z))([zero, makeTensor([-1, 3, 1])]);
    expect(Array.from(dx1!.dataSync())).toEqual([0, Math.log(4), Math.log(2)].map(Math.fround));
    expect(Array.from(dy1!.dataSync())).toEqual([0, 0, 1]);
    expect(math.xlogy(makeTensor([2]), makeTensor([0])).dataSync()[0]).toBe(-Infinity);
  });
});

describe("logSumExp", () => {
  const x = () => makeTensor([0.3, -1, 2, 0.5, 1, -0.2, 3, 0, 1, 1, -2, 0.7], [2, 3, 2]);

  it.each([
    [undefined, false, []],
    [0, false, [3, 2]],
    [1, false, [2, 2]],
    [-1, false, [2, 3]],
    [[0, -1], false, [3]],
    [1, true, [2, 1, 2]],
    [undefined, true, [1, 1, 1]],
  ] as const)("reduces axes %s, keeping them: %s", (axis, keepDims, shape) => {
    const f = (y: Tensor): Tensor => math.logSumExp(y, axis, keepDims);
    expect(f(x()).shape).toEqual(shape);
    checkGradients(f, [x()]);
    checkSecondGradients(f, [x()]);
  });

  it("has the reference's values", () => {
    const values = Array.from(x().dataSync());
    expect(math.logSumExp(x()).dataSync()[0]).toBeCloseTo(math.float64.logSumExp(values), 5);
    const rows = math.logSumExp(x(), -1).dataSync();
    rows.forEach((row, i) =>
      expect(row).toBeCloseTo(math.float64.logSumExp(values.slice(2 * i, 2 * i + 2)), 5),
    );
    expect(math.logSumExp(makeTensor([1e4, 1e4])).dataSync()[0]).toBeCloseTo(1e4 + Math.LN2, 2);
  });

  it("never gives NaN at the infinities, in value or gradients of both orders", () => {
    const rows = makeTensor([-Infinity, -Infinity, -Infinity, 1, Infinity, 1, Infinity, -Infinity], [4, 2]);
    const f = (y: Tensor): Tensor => math.logSumExp(y, 1);
    expect(Array.from(f(rows).dataSync())).toEqual([-Infinity, 1, Infinity, Infinity]);
    const [gradient] = grads(f)([rows]);
    expect(Array.from(gradient!.dataSync())).toEqual([0, 0, 0, 1, 1, 0, 1, 0]);
    const [second] = grads((y: Tensor) => mul(grads(f)([y])[0]!, 3))([rows]);
    expect(second!.dataSync().every(Number.isFinite)).toBe(true);
  });

  it("logAddExp follows the same rules", () => {
    const left = makeTensor([-Infinity, -Infinity, Infinity, Infinity]);
    const right = makeTensor([-Infinity, 2, 2, -Infinity]);
    expect(Array.from(math.logAddExp(left, right).dataSync())).toEqual([-Infinity, 2, Infinity, Infinity]);
    const [dLeft, dRight] = grads((a: Tensor, b: Tensor) => math.logAddExp(a, b))([left, right]);
    expect(Array.from(dLeft!.dataSync())).toEqual([0, 0, 1, 1]);
    expect(Array.from(dRight!.dataSync())).toEqual([0, 1, 0, 0]);
  });
});

describe("memory", () => {
  it("every function leaves only its result, and its gradient only the gradients", () => {
    const x = makeTensor([0.3, 0.6]);
    const z = makeTensor([0.2, 0.7]);
    const matrix = makeTensor([2, 0.5, 0.5, 1], [2, 2]);
    const calls: (() => Tensor)[] = [
      ...oneArgument.map(
        ([, f]) =>
          () =>
            f(x),
      ),
      ...[math.logBeta, math.logAddExp, math.xlogy, math.xlog1py].map((f) => () => f(x, z)),
      () => math.logSumExp(x),
      () => math.regularizedGammaP(x, z),
      () => math.cholesky(matrix),
      () => math.triangularSolve(matrix, matrix),
      () => math.logDetTriangular(matrix),
      ...oneArgument.map(
        ([, f]) =>
          () =>
            grads((y: Tensor) => f(y))([x])[0]!,
      ),
      () => grads((a: Tensor) => math.cholesky(a))([matrix])[0]!,
    ];
    for (const call of calls) {
      const before = memory().numTensors;
      call().dispose();
      expect(memory().numTensors).toBe(before);
    }
  });
});
