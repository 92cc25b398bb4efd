import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, grads, makeTensor, slice } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key } from "../random/index.js";
import { Categorical } from "./categorical.js";
import { Independent } from "./independent.js";
import { MixtureSameFamily, mixtureSameFamily64 } from "./mixture-same-family.js";
import { MultivariateNormalDiag } from "./multivariate-normal-diag.js";
import { Normal, normal64 } from "./normal.js";
import { Poisson } from "./poisson.js";
import { derivative } from "./testing/density-checks.js";
import { close } from "./testing/extremes.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";
import {
  meanIsExpected,
  samplesArePrefixStable,
  samplesFollowCdf,
  samplesFollowProbabilities,
} from "./testing/sample-checks.js";

const parameters = [0.3, -0.2, 0.9, -2, 0.5, 3, 0.4, 1, 0.7];
const mixtureOf = (p: Tensor) =>
  new MixtureSameFamily({
    mixture: new Categorical({ logits: slice(p, 0, 3) }),
    component: new Normal({ loc: slice(p, 3, 3), scale: slice(p, 6, 3) }),
  });
const exactOf = (p: readonly number[]) =>
  mixtureSameFamily64({
    logits: p.slice(0, 3),
    components: [0, 1, 2].map((k) => normal64({ loc: p[3 + k]!, scale: p[6 + k]! })),
  });

describe("MixtureSameFamily", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("has samples of its cdf, mean and variance, whose beginning doesn't depend on their count", () => {
    const [logits, loc, scale] = [0, 3, 6].map((from) => vector(parameters.slice(from, from + 3)));
    const one = new MixtureSameFamily({
      mixture: new Categorical({ logits: logits! }),
      component: new Normal({ loc: loc!, scale: scale! }),
    });
    samplesFollowCdf(one);
    meanIsExpected(one);
    samplesArePrefixStable(one);
    const exact = exactOf(parameters);
    expect(close(read(one.variance()), [exact.variance!()])).toBe(true);
    const x = vector([0.1, 2]);
    expect(
      close(
        read(one.cdf(x)),
        [0.1, 2].map((value) => exact.cdf!(value)),
      ),
    ).toBe(true);
    for (const method of [
      () => one.sample(key(1), [3]),
      () => one.logProb(x),
      () => one.cdf(x),
      () => one.mean(),
      () => one.variance(),
    ]) {
      dispose(leavesOnlyResult(method));
    }
    dispose([logits!, loc!, scale!, x]);
  });

  it("has the gradients of logProb", () => {
    const p = vector(parameters);
    for (const point of [-3, 0.2, 4]) {
      const x = vector([point]);
      const [gradient] = grads((value) => mixtureOf(value).logProb(x))([p]);
      const expected = parameters.map((value, i) =>
        derivative((changed) => exactOf(parameters.with(i, changed)).logProb(point), value),
      );
      expect(close(read(gradient!), expected)).toBe(true);
      dispose(x);
    }
    dispose(p);
  });

  it("mixes vectors in batches", () => {
    const loc = makeTensor([
      [
        [0, 0],
        [3, 3],
      ],
      [
        [1, 1],
        [-4, 5],
      ],
    ]);
    const logits = makeTensor([0, 1]);
    const component = new MultivariateNormalDiag({ loc, scaleDiag: 0.5 });
    const one = new MixtureSameFamily({ mixture: new Categorical({ logits }), component });
    const x = one.sample(key(5), [4]);
    const logProb = one.logProb(x);
    expect([one.batchShape, one.eventShape, x.shape, logProb.shape]).toEqual([[2], [2], [4, 2, 2], [4, 2]]);
    const [mean, variance] = [one.mean(), one.variance()];
    const share = 1 / (1 + Math.exp(-1));
    expect(close(Array.from(mean.dataSync()).slice(0, 2), [3 * share, 3 * share])).toBe(true);
    expect(close([variance.dataSync()[0]!], [0.25 + 9 * share * (1 - share)])).toBe(true);
    dispose([loc, logits, x, logProb, mean, variance]);
  });

  it("shares components among batches of weights, with noise of its own for each", () => {
    const loc = vector([0, 100]);
    const logits = makeTensor([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    const one = new MixtureSameFamily({
      mixture: new Categorical({ logits }),
      component: new Normal({ loc, scale: 1 }),
    });
    const x = one.sample(key(6), [50]);
    expect([one.batchShape, x.shape]).toEqual([[3], [50, 3]]);
    expect(new Set(x.dataSync()).size).toBe(150);
    dispose([loc, logits, x]);
  });

  it("mixes counts, and keeps -Infinity where no component reaches", () => {
    const rate = vector([1, 9]);
    const probs = vector([0, 1]);
    const one = new MixtureSameFamily({
      mixture: new Categorical({ probs }),
      component: new Poisson({ rate }),
    });
    samplesFollowProbabilities(
      one,
      Array.from({ length: 40 }, (_, x) => x),
    );
    const x = vector([-1, 0.5]);
    expect(read(one.logProb(x))).toEqual([-Infinity, -Infinity]);
    const [gradient] = grads((value) => new MixtureSameFamily({
      mixture: new Categorical({ probs }), component: new Poisson({ rate: value }),
    }).logProb(x))([rate]); // prettier-ignore
    expect(read(gradient!).map(Math.abs)).toEqual([0, 0]);
    dispose([rate, probs, x]);
  });

  it("refuses components that don't fit, and statistics that the component lacks", () => {
    const logits = vector([0, 0]);
    const loc = vector([1, 2, 3]);
    const mixture = new Categorical({ logits });
    expect(() => new MixtureSameFamily({ mixture, component: new Normal({ loc, scale: 1 }) })).toThrow(
      /batch shape/,
    );
    const matrix = makeTensor([
      [1, 2],
      [3, 4],
    ]);
    const component = new Independent(new Normal({ loc: makeTensor([[1], [2]]), scale: 1 }), 1);
    const one = new MixtureSameFamily({ mixture, component });
    // @ts-expect-error A component without a cdf gives a mixture without one.
    expect(() => one.cdf(matrix)).toThrow(/cdf/);
    dispose([logits, loc, matrix]);
  });
});
