import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import * as math from "./index.js";

const { float64 } = math;

/** Numbers spread evenly in the exponent. */
const geometric = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from * (to / from) ** (index / (count - 1)));

const even = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));

/** 2e-6 absolute or 5e-6 relative. */
function expectAccurate(
  actual: Tensor,
  f: (...numbers: number[]) => number,
  ...inputs: Float32Array[]
): void {
  const values = actual.dataSync();
  inputs[0]!.forEach((_, index) => {
    const numbers = inputs.map((input) => input[index]!);
    const expected = f(...numbers);
    const error = Math.abs(values[index]! - expected);
    const accurate = error <= Math.max(2e-6, 5e-6 * Math.abs(expected)) || Object.is(values[index], expected);
    expect(accurate, `at ${numbers.join(", ")}: ${values[index]!} is not ${expected}`).toBe(true);
  });
}

const positive = [...geometric(1e-12, 1e12, 400), ...even(0.5, 4, 300)];
const real = [
  ...even(-12, 12, 500),
  ...geometric(1e-10, 1e4, 100),
  ...geometric(1e-10, 1e4, 100).map((x) => -x),
];
const probability = [...geometric(1e-37, 0.5, 300), ...even(0.001, 0.999999, 300)];

const oneArgument = [
  ["logGamma", math.logGamma, float64.logGamma, positive],
  ["digamma", math.digamma, float64.digamma, positive],
  ["trigamma", math.trigamma, float64.trigamma, positive],
  ["erfinv", math.erfinv, float64.erfinv, [...even(-0.999999, 0.999999, 400), ...geometric(1e-20, 1e-2, 50)]],
  ["normalCdf", math.normalCdf, float64.normalCdf, real],
  ["logNormalCdf", math.logNormalCdf, float64.logNormalCdf, real],
  ["normalQuantile", math.normalQuantile, float64.normalQuantile, probability],
  ["log1mexp", math.log1mexp, float64.log1mexp, [...geometric(1e-12, 80, 300), ...even(0.5, 0.9, 100)]],
  ["softplus", math.softplus, float64.softplus, real],
  ["logSigmoid", math.logSigmoid, float64.logSigmoid, real],
  ["logBesselI0", math.logBesselI0, float64.logBesselI0, [...real, ...even(3.5, 4, 50)]],
] as const;

describe.each(["cpu", "wasm"] as const)("on %s the tensor form agrees with the float64 form:", (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  it.each(oneArgument)("%s", (_, f, reference, grid) => {
    const x = Float32Array.from(grid);
    expectAccurate(f(makeTensor(x)), reference, x);
  });

  it("logBeta, for sizes far apart too", () => {
    const sizes = geometric(1e-6, 1e7, 40);
    const a = Float32Array.from(sizes.flatMap((size) => sizes.map(() => size)));
    const b = Float32Array.from(sizes.flatMap(() => sizes));
    expectAccurate(math.logBeta(makeTensor(a), makeTensor(b)), float64.logBeta, a, b);
  });

  it("logAddExp", () => {
    const grid = even(-100, 100, 41);
    const a = Float32Array.from(grid.flatMap((x) => grid.map(() => x)));
    const b = Float32Array.from(grid.flatMap(() => grid));
    expectAccurate(math.logAddExp(makeTensor(a), makeTensor(b)), float64.logAddExp, a, b);
  });

  it("tails that the naive forms lose", () => {
    const tail = math.normalCdf(makeTensor([-5, -9, -12])).dataSync();
    [-5, -9, -12].forEach((x, index) => expect(tail[index]! / float64.normalCdf(x)).toBeCloseTo(1, 4));
    expect(math.logNormalCdf(makeTensor([-1e4])).dataSync()[0]! / -5e7).toBeCloseTo(1, 5);
    expect(math.erfinv(makeTensor([1e-20])).dataSync()[0]! / 1e-20).toBeCloseTo(Math.sqrt(Math.PI) / 2, 5);
  });

  it("edges", () => {
    const at = (f: (x: Tensor) => Tensor, ...xs: number[]): number[] =>
      Array.from(f(makeTensor(xs)).dataSync());
    expect(at(math.logGamma, 0, 1, 2).map((x) => Math.round(x * 1e5))).toEqual([Infinity, 0, 0]);
    expect(at(math.logGamma, -1)).toEqual([NaN]);
    expect(at(math.normalQuantile, 0, 0.5, 1, 1.5)).toEqual([-Infinity, 0, Infinity, NaN]);
    expect(at(math.erfinv, -1, 0, 1, 1.5)).toEqual([-Infinity, 0, Infinity, NaN]);
    expect(at(math.normalCdf, -Infinity, Infinity)).toEqual([0, 1]);
    expect(at(math.logNormalCdf, -Infinity)).toEqual([-Infinity]);
    expect(at(math.log1mexp, 0)).toEqual([-Infinity]);
    expect(at(math.softplus, -Infinity, Infinity)).toEqual([0, Infinity]);
    expect(at(math.logBesselI0, 0)).toEqual([0]);
  });
});
