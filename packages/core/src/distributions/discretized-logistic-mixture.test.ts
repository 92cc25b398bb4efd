import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, grads, makeTensor, slice } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key } from "../random/index.js";
import { DiscretizedLogisticMixture, discretizedLogisticMixture64 } from "./discretized-logistic-mixture.js";
import { derivative, sumsToOne } from "./testing/density-checks.js";
import { close } from "./testing/extremes.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";
import { samplesArePrefixStable, samplesFollowProbabilities } from "./testing/sample-checks.js";

const levels = Array.from({ length: 256 }, (_, x) => x);
const parameters = [0.3, -0.2, -0.9, 0.4, 0.05, 0.3];
const of = (p: Tensor) =>
  new DiscretizedLogisticMixture({ logits: slice(p, 0, 2), loc: slice(p, 2, 2), scale: slice(p, 4, 2) });
const exactOf = (p: readonly number[]) =>
  discretizedLogisticMixture64({ logits: p.slice(0, 2), loc: p.slice(2, 4), scale: p.slice(4) });

describe("DiscretizedLogisticMixture", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("sums to one over 256 levels, whose samples follow it", () => {
    const [logits, loc, scale] = [0, 2, 4].map((from) => vector(parameters.slice(from, from + 2)));
    const one = new DiscretizedLogisticMixture({ logits: logits!, loc: loc!, scale: scale! });
    sumsToOne(one, levels);
    samplesFollowProbabilities(one, levels);
    samplesArePrefixStable(one);
    const x = vector(levels);
    const logProb = read(one.logProb(x));
    expect(close(read(one.logits), logProb)).toBe(true);
    expect(read(one.mode())[0]).toBe(logProb.indexOf(Math.max(...logProb)));
    for (const method of [
      () => one.logits,
      () => one.logProb(x),
      () => one.sample(key(1), [3]),
      () => one.mode(),
    ]) {
      dispose(leavesOnlyResult(method));
    }
    dispose([logits!, loc!, scale!, x]);
  });

  it.each([2, 3, 16])("cuts into %i levels, whose samples follow it", (count) => {
    const few = Array.from({ length: count }, (_, x) => x);
    const [logits, loc, scale] = [0, 2, 4].map((from) => vector(parameters.slice(from, from + 2)));
    const one = new DiscretizedLogisticMixture({ logits: logits!, loc: loc!, scale: scale!, levels: count });
    sumsToOne(one, few);
    samplesFollowProbabilities(one, few);
    const [logit, center, width] = [0, 2, 4].map((from) => parameters.slice(from, from + 2));
    const exact = discretizedLogisticMixture64({
      logits: logit!,
      loc: center!,
      scale: width!,
      levels: count,
    });
    const x = vector([...few, count]);
    const expected = [...few, count].map((level) => exact.logProb(level));
    expect(expected.at(-1)).toBe(-Infinity);
    expect(close(read(one.logProb(x)), expected)).toBe(true);
    expect(close(read(one.logits), expected.slice(0, -1))).toBe(true);
    dispose([logits!, loc!, scale!, x]);
  });

  it.each([1, 2.5, NaN])("refuses %d levels", (levels) => {
    const loc = vector([0]);
    expect(() => new DiscretizedLogisticMixture({ logits: loc, loc, scale: 1, levels })).toThrow(
      "levels must be a whole number of at least 2",
    );
    dispose(loc);
  });

  it("is exact far in the tails of narrow and wide components", () => {
    for (const scale of [1e-3, 0.02, 1, 100]) {
      const changed = [0, 0, -0.9, 0.4, scale, scale];
      const p = vector(changed);
      const x = vector(levels);
      const exact = exactOf(changed);
      expect(
        close(
          read(of(p).logProb(x)),
          levels.map((level) => exact.logProb(level)),
        ),
      ).toBe(true);
      expect(
        Math.abs(levels.reduce((sum, level) => sum + Math.exp(exact.logProb(level)), 0) - 1),
      ).toBeLessThan(1e-9);
      dispose([p, x]);
    }
  });

  it("has the gradients of logProb", () => {
    const p = vector(parameters);
    for (const level of [0, 17, 200, 255]) {
      const x = vector([level]);
      const [gradient] = grads((value) => of(value).logProb(x))([p]);
      const expected = parameters.map((value, i) =>
        derivative((changed) => exactOf(parameters.with(i, changed)).logProb(level), value),
      );
      read(gradient!).forEach((value, i) =>
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected[i]!))),
      );
      dispose(x);
    }
    dispose(p);
  });

  it("is -Infinity where there is no such level, with zero gradient", () => {
    const p = vector(parameters);
    const x = vector([-1, 0.5, 256, NaN, Infinity]);
    expect(read(of(p).logProb(x))).toEqual(new Array<number>(5).fill(-Infinity));
    expect([-1, 0.5, 256, NaN].map((level) => exactOf(parameters).logProb(level))).toEqual(
      new Array<number>(4).fill(-Infinity),
    );
    const [gradient] = grads((value) => of(value).logProb(x))([p]);
    expect(read(gradient!).map(Math.abs)).toEqual(new Array<number>(6).fill(0));
    dispose([p, x]);
  });

  it("broadcasts over batches", () => {
    const logits = makeTensor([
      [0, 1],
      [1, 0],
      [2, 2],
    ]);
    const loc = vector([-0.5, 0.5]);
    const one = new DiscretizedLogisticMixture({ logits, loc, scale: 0.1 });
    const x = one.sample(key(2), [4]);
    const [logProb, all] = [one.logProb(x), one.logits];
    expect([one.batchShape, x.shape, logProb.shape, all.shape, x.dtype]).toEqual([
      [3],
      [4, 3],
      [4, 3],
      [3, 256],
      "int32",
    ]);
    const wrong = vector([0, 0, 0]);
    expect(() => new DiscretizedLogisticMixture({ logits, loc: wrong, scale: 0.1 })).toThrow(/broadcast/);
    dispose([logits, loc, x, logProb, all, wrong]);
  });
});
