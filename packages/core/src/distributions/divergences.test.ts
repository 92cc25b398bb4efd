import { beforeAll, describe, expect, it } from "vitest";
import { dispose, memory } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import {
  Beta,
  beta64,
  Cauchy,
  cauchy64,
  Exponential,
  exponential64,
  Gamma,
  gamma64,
  Gumbel,
  gumbel64,
  HalfNormal,
  halfNormal64,
  InverseGamma,
  inverseGamma64,
  Laplace,
  laplace64,
  LogNormal,
  logNormal64,
  Normal,
  normal64,
  Uniform,
  uniform64,
  VonMises,
  vonMises64,
} from "./index.js";
import { agrees } from "./testing/oracle-check.js";
import { read, vector } from "./testing/property-case.js";
import type { Distribution, Float64Distribution } from "./types.js";

interface Pair {
  readonly name: string;
  readonly p: Distribution;
  readonly q: Distribution;
  readonly p64: Float64Distribution;
  readonly q64: Float64Distribution;
  readonly support: readonly [number, number];
}

const pair = <P>(
  Class: new (parameters: P) => Distribution,
  float64: (parameters: P) => Float64Distribution,
  p: P,
  q: P,
  support: readonly [number, number],
): Pair => ({
  name: Class.name,
  p: new Class(p),
  q: new Class(q),
  p64: float64(p),
  q64: float64(q),
  support,
});

const line = [-Infinity, Infinity] as const;
const ray = [0, Infinity] as const;
const one = { loc: 0.4, scale: 0.8 };
const two = { loc: -0.3, scale: 1.1 };
const gammaOne = { concentration: 4.5, rate: 2.1 };
const gammaTwo = { concentration: 2.2, rate: 1.6 };
const pairs = [
  pair(Normal, normal64, one, two, line),
  pair(Laplace, laplace64, one, two, line),
  pair(Cauchy, cauchy64, one, two, line),
  pair(Gumbel, gumbel64, one, two, line),
  pair(LogNormal, logNormal64, one, two, ray),
  pair(HalfNormal, halfNormal64, { scale: 0.8 }, { scale: 1.1 }, ray),
  pair(Exponential, exponential64, { rate: 0.8 }, { rate: 1.1 }, ray),
  pair(Gamma, gamma64, gammaOne, gammaTwo, ray),
  pair(InverseGamma, inverseGamma64, gammaOne, gammaTwo, ray),
  pair(
    Beta,
    beta64,
    { concentration1: 2.5, concentration0: 4.1 },
    { concentration1: 3.3, concentration0: 1.7 },
    [0, 1],
  ),
  pair(Uniform, uniform64, { low: 0.1, high: 0.7 }, { low: -0.5, high: 1.1 }, [0.1, 0.7]),
  pair(VonMises, vonMises64, { loc: 0.4, concentration: 1.7 }, { loc: -0.9, concentration: 3.2 }, [
    -Math.PI,
    Math.PI,
  ]),
];

/** ∫ p (log p - log q), by the midpoint rule after mapping the support to (-1, 1). */
function quadrature({ p64, q64, support: [low, high] }: Pair): number {
  const count = 200_000;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const t = (2 * i + 1) / count - 1;
    const finite = high < Infinity;
    const infinite = low === -Infinity ? t / (1 - t * t) : low + (1 + t) / (1 - t);
    const slope = low === -Infinity ? (1 + t * t) / (1 - t * t) ** 2 : 2 / (1 - t) ** 2;
    const x = finite ? low + ((high - low) * (1 + t)) / 2 : infinite;
    const density = Math.exp(p64.logProb(x));
    if (density === 0) continue;
    total += density * (p64.logProb(x) - q64.logProb(x)) * (finite ? (high - low) / 2 : slope);
  }
  return (total * 2) / count;
}

describe("closed-form divergences within a family", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it.each(pairs.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const [actual] = read(one.p.klTo!(one.q)!);
    const expected = quadrature(one);
    expect(agrees(actual!, expected, 2e-5), `${actual!}, expected ${expected}`).toBe(true);
    expect(Math.abs(read(one.p.klTo!(one.p)!)[0]!)).toBeLessThan(1e-6);
  });

  it("is undefined for another family", () => {
    for (const [i, one] of pairs.entries()) {
      expect(one.p.klTo!(pairs[(i + 1) % pairs.length]!.q)).toBeUndefined();
    }
  });

  it("is infinite where one uniform interval leaves the other", () => {
    const inner = new Uniform({ low: 0, high: 1 });
    const outer = new Uniform({ low: -1, high: 0.5 });
    expect(read(inner.klTo(outer)!)).toEqual([Infinity]);
  });

  it("broadcasts and leaves nothing behind", () => {
    const loc = vector([0, 1, 2]);
    const before = memory().numTensors;
    const divergence = new Normal({ loc, scale: 1 }).klTo(new Normal({ loc: 0, scale: 1 }))!;
    expect(Array.from(divergence.dataSync())).toEqual([0, 0.5, 2]);
    dispose(divergence);
    expect(memory().numTensors).toBe(before);
    dispose(loc);
  });
});
