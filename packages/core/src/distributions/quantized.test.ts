import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, grads, scalar } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { float64 } from "../math/index.js";
import { key } from "../random/index.js";
import { MultivariateNormalDiag } from "./multivariate-normal-diag.js";
import { Normal } from "./normal.js";
import { Quantized } from "./quantized.js";
import { sumsToOne } from "./testing/density-checks.js";
import { close } from "./testing/extremes.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";
import { samplesArePrefixStable, samplesFollowProbabilities } from "./testing/sample-checks.js";

const range = { low: -5, high: 20 };
const values = Array.from({ length: 26 }, (_, i) => i - 5);

describe("Quantized", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("gives each integer its bin, the ends the tails", () => {
    const one = new Quantized(new Normal({ loc: 3.2, scale: 4 }), range);
    sumsToOne(one, values);
    samplesFollowProbabilities(one, values);
    samplesArePrefixStable(one);
    const x = vector([-5, 3, 9, 20]);
    const cdf = (at: number): number => float64.normalCdf((at - 3.2) / 4);
    const expected = [cdf(-4.5), cdf(3.5) - cdf(2.5), cdf(9.5) - cdf(8.5), 1 - cdf(19.5)].map(Math.log);
    expect(close(read(one.logProb(x)).slice(0, 3), expected.slice(0, 3))).toBe(true);
    expect(read(one.logProb(x))[3]).toBeCloseTo(expected[3]!, 0);
    dispose(leavesOnlyResult(() => one.logProb(x)));
    dispose(leavesOnlyResult(() => one.sample(key(1), [3])));
    dispose(x);
  });

  it("is -Infinity between and beyond, with zero gradient, and finite far in the tails", () => {
    const loc = scalar(3.2);
    const outside = vector([-6, 0.5, 21, NaN]);
    const of = (value: Tensor) => new Quantized(new Normal({ loc: value, scale: 0.5 }), range);
    expect(read(of(loc).logProb(outside))).toEqual(new Array<number>(4).fill(-Infinity));
    const [gradient] = grads((value) => of(value).logProb(outside))([loc]);
    expect(Math.abs(read(gradient!)[0]!)).toBe(0);
    const tail = vector([12, 20]);
    expect(read(of(loc).logProb(tail)).every(Number.isFinite)).toBe(true);
    dispose([loc, outside, tail]);
  });

  it("refuses vectors and ranges that aren't", () => {
    const loc = vector([0, 0]);
    const normal = new Normal({ loc: 0, scale: 1 });
    expect(() => new Quantized(new MultivariateNormalDiag({ loc, scaleDiag: 1 }) as never, range)).toThrow(
      /event/,
    );
    expect(() => new Quantized(normal, { low: 3, high: 3 })).toThrow(/range/);
    expect(() => new Quantized(normal, { low: 0.5, high: 3 })).toThrow(/range/);
    dispose(loc);
  });
});
