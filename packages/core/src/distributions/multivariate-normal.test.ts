import { describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, makeTensor, reshape, slice } from "../backend/engine.js";
import { float64 } from "../math/index.js";
import { key } from "../random/index.js";
import { MultivariateNormalDiag, multivariateNormalDiag64 } from "./multivariate-normal-diag.js";
import { MultivariateNormal, multivariateNormal64 } from "./multivariate-normal.js";
import { close } from "./testing/extremes.js";
import { read, SAMPLES, vector } from "./testing/property-case.js";
import { kolmogorovSmirnovGap } from "./testing/sample-checks.js";
import { samplesOf, vectorProperties } from "./testing/vector-properties.js";

const loc = [0.4, -1, 2];
const tril = [0.8, 0, 0, -0.5, 1.3, 0, 0.3, 0.7, 0.6];
const inside = [
  [0.1, 0.4, 1],
  [2, -1, 3],
  [-1, -3, 2.2],
];

vectorProperties({
  name: "MultivariateNormal",
  parameters: [...loc, ...tril],
  create: (p: Tensor) =>
    new MultivariateNormal({ loc: slice(p, 0, 3), scaleTril: reshape(slice(p, 3, 9), [3, 3]) }),
  float64: (p) => multivariateNormal64({ loc: p.slice(0, 3), scaleTril: p.slice(3) }),
  inside,
  outside: [],
  gradientInX: true,
  pathwise: true,
});

vectorProperties({
  name: "MultivariateNormalDiag",
  parameters: [...loc, 0.8, 1.3, 0.6],
  create: (p: Tensor) => new MultivariateNormalDiag({ loc: slice(p, 0, 3), scaleDiag: slice(p, 3, 3) }),
  float64: (p) => multivariateNormalDiag64({ loc: p.slice(0, 3), scaleDiag: p.slice(3) }),
  inside,
  outside: [],
  gradientInX: true,
  pathwise: true,
});

describe("MultivariateNormal", () => {
  it("has samples whose squared Mahalanobis distance is χ² with d degrees of freedom", () => {
    const scaleTril = makeTensor(tril, [3, 3]);
    const location = vector(loc);
    const samples = samplesOf(new MultivariateNormal({ loc: location, scaleTril }), SAMPLES);
    const distances = samples
      .map((x) =>
        float64.solveLower(
          tril,
          3,
          x.map((value, i) => value - loc[i]!),
        ),
      )
      .map((z) => z.reduce((sum, value) => sum + value * value, 0))
      .sort((a, b) => a - b);
    const cdf = distances.map((distance) => float64.regularizedGammaP(1.5, distance / 2));
    expect(kolmogorovSmirnovGap(distances, cdf)).toBeLessThan(0.02);
    dispose([scaleTril, location]);
  });

  it("broadcasts batches of locations, factors and points", () => {
    const scaleTril = makeTensor([tril, tril.map((value) => 2 * value)].flat(), [2, 1, 3, 3]);
    const locations = makeTensor([loc, [0, 0, 0], [1, 1, 1]]);
    const one = new MultivariateNormal({ loc: locations, scaleTril });
    const x = one.sample(key(4), [5]);
    const logProb = one.logProb(x);
    expect([one.batchShape, x.shape, logProb.shape]).toEqual([
      [2, 3],
      [5, 2, 3, 3],
      [5, 2, 3],
    ]);
    const point = vector(inside[0]!);
    const together = read(one.logProb(point));
    const apart = [1, 2].flatMap((factor) =>
      [loc, [0, 0, 0], [1, 1, 1]].map((center) =>
        multivariateNormal64({
          loc: Float64Array.from(center),
          scaleTril: Float64Array.from(tril, (value) => factor * value),
        }).logProb(Float64Array.from(inside[0]!)),
      ),
    );
    expect(close(together, apart)).toBe(true);
    for (const statistic of [one.mean(), one.variance(), one.mode()]) {
      expect(statistic.shape).toEqual([2, 3, 3]);
      dispose(statistic);
    }
    expect(read(one.entropy())).toHaveLength(6);
    dispose([scaleTril, locations, x, logProb, point]);
  });

  it("reads the lower triangle only", () => {
    const [clean, dirty] = [tril, tril.map((value, i) => ([1, 2, 5].includes(i) ? 7 : value))].map((values) =>
      makeTensor(values, [3, 3]),
    );
    const of = (scaleTril: Tensor) => new MultivariateNormal({ loc: 0, scaleTril });
    const x = vector([1, 2, 3]);
    expect(read(of(dirty!).logProb(x))).toEqual(read(of(clean!).logProb(x)));
    expect(read(of(dirty!).sample(key(1)))).toEqual(read(of(clean!).sample(key(1))));
    expect(read(of(dirty!).variance())).toEqual(read(of(clean!).variance()));
    dispose([clean!, dirty!, x]);
  });

  it("refuses shapes that don't fit", () => {
    const flat = vector([1, 2]);
    const square = makeTensor([1, 0, 0, 1], [2, 2]);
    const long = vector([1, 2, 3]);
    expect(() => new MultivariateNormal({ loc: 0, scaleTril: flat })).toThrow(/square/);
    expect(() => new MultivariateNormal({ loc: long, scaleTril: square })).toThrow(/broadcast|loc/);
    expect(() => new MultivariateNormalDiag({ loc: 0, scaleDiag: 1 })).toThrow(/axis/);
    expect(new MultivariateNormalDiag({ loc: long, scaleDiag: 1 }).eventShape).toEqual([3]);
    dispose([flat, square, long]);
  });
});
