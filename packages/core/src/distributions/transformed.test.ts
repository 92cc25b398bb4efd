import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, grads, makeTensor, scalar } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { Affine, block, chain, Exp, Reshape, Sigmoid } from "../bijectors/index.js";
import { key } from "../random/index.js";
import { Independent } from "./independent.js";
import { LogNormal } from "./log-normal.js";
import { MultivariateNormalDiag } from "./multivariate-normal-diag.js";
import { Normal } from "./normal.js";
import { integratesToOne } from "./testing/density-checks.js";
import { close } from "./testing/extremes.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";
import { samplesArePrefixStable } from "./testing/sample-checks.js";
import { Transformed } from "./transformed.js";

describe("Transformed", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("is the log-normal distribution through exp", () => {
    const [one, same] = [
      new Transformed(new Normal({ loc: 0.3, scale: 0.7 }), new Exp()),
      new LogNormal({ loc: 0.3, scale: 0.7 }),
    ];
    const x = vector([0.2, 1, 5]);
    expect(close(read(one.logProb(x)), read(same.logProb(x)))).toBe(true);
    samplesArePrefixStable(one);
    integratesToOne(new Transformed(new Normal({ loc: 0.3, scale: 0.7 }), new Sigmoid()), [0, 1]);
    dispose(leavesOnlyResult(() => one.logProb(x)));
    dispose(leavesOnlyResult(() => one.sample(key(1), [2])));
    dispose(x);
  });

  it("gives a draw with its log-probability", () => {
    const one = new Transformed(
      new Normal({ loc: 0.3, scale: 0.7 }),
      chain(new Affine({ shift: 1, scale: -2 }), new Exp()),
    );
    const { sample, logProb } = one.sampleWithLogProb(key(3), [6]);
    const again = one.sample(key(3), [6]);
    expect(read(again)).toEqual(Array.from(sample.dataSync()));
    expect(close(read(one.logProb(sample)), Array.from(logProb.dataSync()))).toBe(true);
    dispose([sample, logProb]);
  });

  it("is -Infinity where the bijector doesn't reach, with zero gradient", () => {
    const [loc, x] = [scalar(0.3), vector([-1, 0])];
    const of = (value: Tensor) => new Transformed(new Normal({ loc: value, scale: 0.7 }), new Exp());
    expect(read(of(loc).logProb(x))).toEqual([-Infinity, -Infinity]);
    const [inX, inLoc] = grads((at, value) => of(value).logProb(at))([x, loc]);
    expect(read(inX!).map(Math.abs)).toEqual([0, 0]);
    expect(read(inLoc!).map(Math.abs)).toEqual([0]);
    dispose([loc, x]);
  });

  it("counts event axes of base and bijector", () => {
    const loc = makeTensor([
      [0.1, 0.2, 0.3, 0.4],
      [1, 2, 3, 4],
    ]);
    const shift = vector([1, 2, 3, 4]);
    const elementwise = new Affine({ shift, scale: 2 });
    const scalars = new Normal({ loc, scale: 1 });
    const vectors = new MultivariateNormalDiag({ loc, scaleDiag: 1 });
    const cases = [
      new Transformed(vectors, elementwise),
      new Transformed(scalars, block(elementwise, 1)),
      new Transformed(new Independent(scalars, 1), elementwise),
    ];
    const x = makeTensor([
      [1, 2, 3, 4],
      [0, 0, 0, 0],
    ]);
    const expected = new MultivariateNormalDiag({
      loc: makeTensor([
        [1.2, 2.4, 3.6, 4.8],
        [3, 6, 9, 12],
      ]),
      scaleDiag: 2,
    });
    for (const one of cases) {
      expect([one.batchShape, one.eventShape]).toEqual([[2], [4]]);
      expect(close(read(one.logProb(x)), read(expected.logProb(x)))).toBe(true);
    }
    const pictures = new Transformed(vectors, new Reshape({ inShape: [4], outShape: [2, 2] }));
    const picture = pictures.sample(key(4), [3]);
    const logProb = pictures.logProb(picture);
    expect([pictures.batchShape, pictures.eventShape, picture.shape, logProb.shape]).toEqual([
      [2],
      [2, 2],
      [3, 2, 2, 2],
      [3, 2],
    ]);
    dispose([loc, shift, x, picture, logProb]);
  });

  it("keeps the divergence of its bases through one bijector", () => {
    const bijector = new Exp();
    const [p, q] = [new Normal({ loc: 0, scale: 1 }), new Normal({ loc: 1, scale: 2 })];
    const divergence = new Transformed(p, bijector).klTo(new Transformed(q, bijector))!;
    expect(close(read(divergence), read(p.klTo(q)!))).toBe(true);
    expect(new Transformed(p, bijector).klTo(new Transformed(q, new Exp()))).toBeUndefined();
  });

  it("refuses a bijector that would add batch axes, or take more axes than there are", () => {
    const shift = vector([1, 2, 3]);
    const base = new Normal({ loc: 0, scale: 1 });
    expect(() => new Transformed(base, new Affine({ shift, scale: 1 }))).toThrow(/batch/);
    expect(() => new Transformed(base, block(new Exp(), 1))).toThrow(/axes/);
    dispose(shift);
  });
});
