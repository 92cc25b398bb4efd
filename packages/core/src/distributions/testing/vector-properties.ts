import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, grads, makeTensor, mul, sum, tidy } from "../../backend/engine.js";
import { useBackend } from "../../backend/index.js";
import { key } from "../../random/index.js";
import type { Float64VectorDistribution } from "../types.js";
import { derivative } from "./density-checks.js";
import { agrees } from "./oracle-check.js";
import { leavesOnlyResult, meanWithError, read, vector } from "./property-case.js";
import type { AnyDistribution } from "./property-case.js";
import { entropyIsExpectedSurprise, samplesArePrefixStable } from "./sample-checks.js";

/** A distribution over vectors under test, made from one vector of parameters. */
export interface VectorCase {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly create: (parameters: Tensor) => AnyDistribution;
  readonly float64: (parameters: Float64Array) => Float64VectorDistribution;
  readonly inside: readonly (readonly number[])[];
  readonly outside: readonly (readonly number[])[];
  /** Whether logProb is differentiated in x; a function turns a free vector into a point of the support. */
  readonly gradientInX?: boolean;
  /** Whether the gradient of a sample flows to the parameters. */
  readonly pathwise?: boolean;
}

const SAMPLES = 20_000;

/** The gradient of f at a point. */
function gradientOf(f: (x: Tensor) => Tensor, at: readonly number[]): number[] {
  const x = vector(at);
  const [gradient] = grads((value) => f(value))([x]);
  dispose(x);
  return read(gradient!);
}

/** The gradient of f at a point by differences. */
const differences = (f: (x: Float64Array) => number, at: readonly number[]): number[] =>
  at.map((value, i) => derivative((changed) => f(Float64Array.from(at).fill(changed, i, i + 1)), value));

function expectAll(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    expect(agrees(value, expected[i]!, tolerance), `${value} at ${i}, expected ${expected[i]!}`).toBe(true);
  });
}

/** `count` samples, one array of numbers each. */
export function samplesOf(distribution: AnyDistribution, count: number): number[][] {
  const size = distribution.eventShape.reduce((product, axis) => product * axis, 1);
  const values = read(distribution.sample(key(21), [count]));
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}

function momentsAgree(distribution: AnyDistribution): void {
  const samples = samplesOf(distribution, SAMPLES);
  const means = distribution.mean && read(distribution.mean());
  const variances = distribution.variance && read(distribution.variance());
  means?.forEach((expected, i) => {
    const { mean, error } = meanWithError(samples.map((sample) => sample[i]!));
    expect(Math.abs(mean - expected)).toBeLessThan(5 * error + 1e-6);
    const squares = meanWithError(samples.map((sample) => (sample[i]! - expected) ** 2));
    expect(Math.abs(squares.mean - (variances?.[i] ?? squares.mean))).toBeLessThan(5 * squares.error + 1e-6);
  });
}

function leaksNothing(one: VectorCase): void {
  const parameters = vector(one.parameters);
  const x = vector(one.inside[0]!);
  const wrong = vector(new Array<number>(one.inside[0]!.length + 3).fill(0.1));
  tidy(() => {
    const distribution = one.create(parameters);
    dispose(leavesOnlyResult(() => distribution.sample(key(1), [3])));
    dispose(leavesOnlyResult(() => distribution.logProb(x)));
    for (const statistic of ["mean", "variance", "mode", "entropy"] as const) {
      if (distribution[statistic]) dispose(leavesOnlyResult(() => distribution[statistic]!()));
    }
    expect(() => distribution.logProb(wrong)).toThrow();
  });
  dispose([parameters, x, wrong]);
}

function hasGradients(one: VectorCase): void {
  for (const point of one.inside) {
    const x = vector(point);
    const actual = gradientOf((parameters) => one.create(parameters).logProb(x), one.parameters);
    const expected = differences(
      (parameters) => one.float64(parameters).logProb(Float64Array.from(point)),
      one.parameters,
    );
    expectAll(actual, expected, 1e-4);
    if (one.gradientInX) {
      const parameters = vector(one.parameters);
      const inX = gradientOf((at) => one.create(parameters).logProb(at), point);
      const exact = one.float64(Float64Array.from(one.parameters));
      expectAll(
        inX,
        differences((at) => exact.logProb(at), point),
        1e-4,
      );
      dispose(parameters);
    }
    dispose(x);
  }
}

function vanishesOutside(one: VectorCase): void {
  for (const point of one.outside) {
    const x = vector(point);
    expect(one.float64(Float64Array.from(one.parameters)).logProb(Float64Array.from(point))).toBe(-Infinity);
    const logProb = tidy(() => one.create(vector(one.parameters)).logProb(x));
    expect(read(logProb)).toEqual([-Infinity]);
    const inParameters = gradientOf((parameters) => one.create(parameters).logProb(x), one.parameters);
    expect(inParameters.every((value) => value === 0)).toBe(true);
    dispose(x);
  }
}

function samplesFollowParameters(one: VectorCase): void {
  const weights = [0.5, -1, 2, 1.5, -0.7, 1.1, 0.3, -0.2];
  const total = (parameters: Tensor): Tensor =>
    tidy(() => {
      const sample = one.create(parameters).sample(key(16));
      return sum(mul(sample, makeTensor(weights.slice(0, sample.size), sample.shape)));
    });
  const actual = gradientOf(total, one.parameters);
  const expected = one.parameters.map((value, i) => {
    const step = 1e-2 * Math.max(0.1, Math.abs(value));
    const [above, below] = [value + step, value - step].map((changed) => {
      const parameters = vector(one.parameters.map((other, j) => (j === i ? changed : other)));
      const [result] = read(total(parameters));
      dispose(parameters);
      return result!;
    });
    return (above! - below!) / (2 * step);
  });
  expectAll(actual, expected, 5e-3);
}

/** What every distribution over vectors has to obey. */
export function vectorProperties(one: VectorCase): void {
  describe(one.name, () => {
    beforeAll(async () => {
      await useBackend("cpu");
    });
    const borrowed = (f: (distribution: AnyDistribution) => void): void => {
      const parameters = vector(one.parameters);
      f(one.create(parameters));
      dispose(parameters);
    };

    it("follows the three-shape rule", () => {
      borrowed((distribution) => {
        const x = distribution.sample(key(2), [4, 5]);
        const logProb = distribution.logProb(x);
        expect(x.shape).toEqual([4, 5, ...distribution.eventShape]);
        expect(logProb.shape).toEqual([4, 5]);
        expect(Array.from(logProb.dataSync()).every(Number.isFinite)).toBe(true);
        dispose([x, logProb]);
      });
    });
    it("agrees with its float64 form", () => {
      borrowed((distribution) => {
        const exact = one.float64(Float64Array.from(one.parameters));
        const x = makeTensor(one.inside.map((point) => [...point]));
        const expected = one.inside.map((point) => exact.logProb(Float64Array.from(point)));
        expectAll(read(distribution.logProb(x)), expected, 2e-5);
        if (exact.mean) expectAll(read(distribution.mean!()), [...exact.mean()], 2e-5);
        if (exact.variance) expectAll(read(distribution.variance!()), [...exact.variance()], 2e-5);
        if (exact.entropy) expectAll(read(distribution.entropy!()), [exact.entropy()], 2e-5);
        dispose(x);
      });
    });
    it("is -Infinity outside its support, with zero gradient", () => vanishesOutside(one));
    it("has the gradients of logProb", () => hasGradients(one));
    it("draws samples whose beginning doesn't depend on their count", () => borrowed(samplesArePrefixStable));
    it("has the mean and the variance of its samples", () => borrowed(momentsAgree));
    it("has the entropy -E log p", () => {
      borrowed((distribution) => {
        if (distribution.entropy) entropyIsExpectedSurprise(distribution);
      });
    });
    it("leaks no tensor, also when it throws", () => leaksNothing(one));
    if (one.pathwise) it("has gradients of reparameterised samples", () => samplesFollowParameters(one));
  });
}
