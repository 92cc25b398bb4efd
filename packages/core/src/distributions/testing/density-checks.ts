import { expect } from "vitest";
import { dispose, grads, makeTensor, scalar } from "../../backend/engine.js";
import { key } from "../../random/index.js";
import { sizeOf } from "../shapes.js";
import type { Parameter } from "../shapes.js";
import type { Float64Distribution } from "../types.js";
import { agrees } from "./oracle-check.js";
import { namesOf, read, vector, withParameters } from "./property-case.js";
import type { AnyDistribution, PropertyCase } from "./property-case.js";

/** -Infinity outside the support and for NaN, with a gradient of exactly zero in x and in every parameter. */
export function vanishesOutside<Name extends string>(one: PropertyCase<Name>): void {
  const points = [...one.outside, ...(one.outside.length > 0 ? [NaN] : [])];
  for (const point of points) {
    expect(one.float64(one.parameters).logProb(point)).toBe(-Infinity);
    const x = scalar(point);
    expect(read(one.create(one.parameters).logProb(x))).toEqual([-Infinity]);
    const names = one.differentiable ?? namesOf(one);
    const thetas = names.map((name) => scalar(one.parameters[name]));
    const gradients = grads((at, ...values) => {
      const changed = Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<
        Name,
        Parameter
      >;
      return one.create(withParameters(one, changed)).logProb(at);
    })([x, ...thetas]);
    for (const gradient of gradients) expect(Math.abs(read(gradient)[0]!), `at ${point}`).toBe(0);
    dispose([x, ...thetas]);
  }
}

/** The tensor form's logProb is the float64 form's. */
export function formsAgree<Name extends string>(one: PropertyCase<Name>): void {
  const x = vector(one.inside);
  const actual = read(one.create(one.parameters).logProb(x));
  const float64 = one.float64(one.parameters);
  Array.from(x.dataSync()).forEach((at, i) => {
    const expected = float64.logProb(at);
    expect(agrees(actual[i]!, expected, 2e-5), `at ${at}: ${actual[i]!}, expected ${expected}`).toBe(true);
  });
  dispose(x);
}

/** The derivative of f at x by differences in float64. */
export function derivative(f: (x: number) => number, x: number): number {
  const step = 1e-5 * Math.max(1e-2, Math.abs(x));
  return (f(x + step) - f(x - step)) / (2 * step);
}

/** The gradients of logProb, in x unless it is discrete and in every parameter, are its derivatives. */
export function gradientsAreDerivatives<Name extends string>(one: PropertyCase<Name>, inX: boolean): void {
  for (const point of one.inside) {
    const names = one.differentiable ?? namesOf(one);
    for (const name of names) {
      const theta = scalar(one.parameters[name]);
      const x = scalar(point);
      const [gradient] = grads((value) =>
        one.create(withParameters(one, { [name]: value } as Partial<Record<Name, Parameter>>)).logProb(x),
      )([theta]);
      const expected = derivative(
        (value) => one.float64({ ...one.parameters, [name]: value }).logProb(point),
        one.parameters[name],
      );
      const [actual] = read(gradient!);
      const message = `d/d${name} at ${point}: ${actual!}, expected ${expected}`;
      expect(agrees(actual!, expected, 1e-4), message).toBe(true);
      dispose([theta, x]);
    }
    if (!inX) continue;
    const x = scalar(point);
    const [gradient] = grads((at) => one.create(one.parameters).logProb(at))([x]);
    const expected = derivative((at) => one.float64(one.parameters).logProb(at), point);
    const [actual] = read(gradient!);
    expect(agrees(actual!, expected, 1e-4), `d/dx at ${point}: ${actual!}, expected ${expected}`).toBe(true);
    dispose(x);
  }
}

/** ∫ exp(logProb) = 1 over the support, by the midpoint rule after mapping it to (-1, 1). */
export function integratesToOne(distribution: AnyDistribution, [low, high]: readonly [number, number]): void {
  const count = 40_000;
  const nodes = Array.from({ length: count }, (_, i) => (2 * i + 1) / count - 1);
  const place = (t: number): readonly [x: number, slope: number] => {
    if (low === -Infinity) return [t / (1 - t * t), (1 + t * t) / (1 - t * t) ** 2];
    if (high === Infinity) return [low + (1 + t) / (1 - t), 2 / (1 - t) ** 2];
    return [low + ((high - low) * (1 + t)) / 2, (high - low) / 2];
  };
  const x = vector(nodes.map((t) => place(t)[0]));
  const logProb = read(distribution.logProb(x));
  dispose(x);
  const total =
    logProb.reduce((sum, value, i) => sum + Math.exp(value) * place(nodes[i]!)[1], 0) * (2 / count);
  expect(Math.abs(total - 1)).toBeLessThan(1e-3);
}

/** Σ exp(logProb) = 1 over the values. */
export function sumsToOne(distribution: AnyDistribution, values: readonly number[]): void {
  const x = vector(values);
  const total = read(distribution.logProb(x)).reduce((sum, value) => sum + Math.exp(value), 0);
  dispose(x);
  expect(Math.abs(total - 1)).toBeLessThan(1e-4);
}

/** d cdf / dx is the density: the gradient's and, in float64, that of differences. */
export function cdfDerivativeIsDensity(
  distribution: AnyDistribution,
  float64: Float64Distribution,
  inside: readonly number[],
): void {
  for (const point of inside) {
    const density = Math.exp(float64.logProb(point));
    expect(
      agrees(
        derivative((at) => float64.cdf!(at), point),
        density,
        1e-6,
      ),
      `at ${point}`,
    ).toBe(true);
    const x = scalar(point);
    const [gradient] = grads((at) => distribution.cdf!(at))([x]);
    expect(agrees(read(gradient!)[0]!, density, 1e-5), `gradient at ${point}`).toBe(true);
    dispose(x);
  }
}

/** cdf and quantile undo each other, and quantile(0) and quantile(1) are the support's ends. */
export function quantileInvertsCdf(distribution: AnyDistribution, float64: Float64Distribution): void {
  const probabilities = [1e-4, 0.01, 0.2, 0.5, 0.7, 0.99, 0.999];
  const p = vector(probabilities);
  const x = distribution.quantile!(p);
  const back = read(distribution.cdf!(x));
  probabilities.forEach((expected, i) => expect(Math.abs(back[i]! - expected)).toBeLessThan(1e-5));
  for (const expected of probabilities) {
    expect(Math.abs(float64.cdf!(float64.quantile!(expected)) - expected)).toBeLessThan(1e-12);
  }
  dispose([p, x]);
}

/** The three-shape rule, and that parameters broadcast: each element is the scalar distribution's. */
export function shapesBroadcast<Name extends string>(one: PropertyCase<Name>): void {
  const names = namesOf(one);
  const factors = [1, 1.05, 1.1];
  // The first parameter varies along the last axis (3), the last one along the one before (2).
  const varied = (name: Name, factor: number): number => one.parameters[name] * factor;
  const columns = makeTensor(
    factors.map((factor) => varied(names[0]!, factor)),
    [3],
  );
  const rows = makeTensor(
    [1, 1.02].map((factor) => varied(names.at(-1)!, factor)),
    [2, 1],
  );
  const single = names.length === 1;
  const parameters = single
    ? withParameters(one, { [names[0]!]: columns } as Partial<Record<Name, Parameter>>)
    : withParameters(one, { [names[0]!]: columns, [names.at(-1)!]: rows } as Partial<
        Record<Name, Parameter>
      >);
  const batch = single ? [3] : [2, 3];
  const distribution = one.create(parameters);
  expect(distribution.batchShape).toEqual(batch);
  expect(distribution.eventShape).toEqual([]);

  const sample = distribution.sample(key(2), [4, 5]);
  expect(sample.shape).toEqual([4, 5, ...batch]);
  const logProb = distribution.logProb(sample);
  expect(logProb.shape).toEqual([4, 5, ...batch]);
  dispose([sample, logProb]);
  for (const statistic of ["mean", "variance", "mode", "entropy"] as const) {
    const result = distribution[statistic]?.();
    if (result === undefined) continue;
    expect(result.shape, statistic).toEqual(batch);
    dispose(result);
  }
  const bare = one.create(one.parameters);
  expect(bare.batchShape).toEqual([]);
  const draws = [bare.sample(key(2)), bare.sample(key(2), [3])];
  expect(draws.map((draw) => draw.shape)).toEqual([[], [3]]);
  dispose(draws);

  const x = scalar(one.inside[0]!);
  const together = read(distribution.logProb(x));
  const apart = Array.from({ length: sizeOf(batch) }, (_, i) => {
    const changed = { [names[0]!]: varied(names[0]!, factors[i % 3]!) } as Record<Name, number>;
    if (!single) changed[names.at(-1)!] = varied(names.at(-1)!, i < 3 ? 1 : 1.02);
    return read(one.create(withParameters(one, changed)).logProb(x))[0]!;
  });
  together.forEach((value, i) => expect(agrees(value, apart[i]!, 1e-5)).toBe(true));
  dispose([columns, rows, x]);
}

/** Scales from 1e-6 to 1e6: samples lie inside, and logProb and its gradients are finite and right. */
export function survivesExtremes<Name extends string>(one: PropertyCase<Name>): void {
  for (const factor of [1e-6, 1e-3, 1e3, 1e6]) {
    const parameters = one.stretched!(factor);
    const x = one.create(parameters).sample(key(5), [50]);
    const logProb = read(one.create(parameters).logProb(x));
    const float64 = one.float64(parameters);
    Array.from(x.dataSync()).forEach((at, i) => {
      const expected = float64.logProb(at);
      const message = `scale ${factor} at ${at}: ${logProb[i]!}, expected ${expected}`;
      expect(Number.isFinite(expected) && agrees(logProb[i]!, expected, 2e-5), message).toBe(true);
    });
    const [gradient] = grads((at) => one.create(parameters).logProb(at))([x]);
    expect(read(gradient!).every(Number.isFinite)).toBe(true);
    dispose(x);
  }
}
