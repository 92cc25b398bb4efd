import { beforeAll, describe, expect, it } from "vitest";
import { dispose, grads, makeTensor, memory } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key } from "../random/index.js";
import { Categorical, categorical64 } from "./categorical.js";
import { close } from "./testing/extremes.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";
import {
  entropyIsExpectedSurprise,
  samplesArePrefixStable,
  samplesFollowProbabilities,
} from "./testing/sample-checks.js";

const weights = [0.5, 2, 0, 1.5];

describe("Categorical", () => {
  beforeAll(async () => {
    await useBackend("cpu");
  });

  it("normalises probs and logits", () => {
    const [probs, logits] = [vector([1, 3]), vector([5, 5 + Math.log(3)])];
    for (const one of [new Categorical({ probs }), new Categorical({ logits })]) {
      expect(close(read(one.logits), [Math.log(0.25), Math.log(0.75)])).toBe(true);
      expect(one.levels).toBe(2);
    }
    dispose([probs, logits]);
  });

  it("draws by its probabilities, a beginning that doesn't depend on the count, int32", () => {
    const probs = vector(weights);
    const one = new Categorical({ probs });
    samplesFollowProbabilities(one, [0, 1, 2, 3]);
    samplesArePrefixStable(one);
    entropyIsExpectedSurprise(one);
    const x = one.sample(key(1), [20_000]);
    expect(x.dtype).toBe("int32");
    expect(x.dataSync().includes(2)).toBe(false);
    dispose([x, probs]);
  });

  it("is -Infinity where there is no such category, with zero gradient, never NaN", () => {
    const x = vector([-1, 0.5, 4, NaN, Infinity, 2]);
    for (const name of ["probs", "logits"] as const) {
      const given = vector(name === "probs" ? weights : weights.map(Math.log));
      const of = (value: typeof given) => new Categorical({ [name]: value } as { probs: typeof given });
      expect(read(of(given).logProb(x))).toEqual(new Array<number>(6).fill(-Infinity));
      const [gradient] = grads((value) => of(value).logProb(x))([given]);
      expect(read(gradient!).map(Math.abs)).toEqual([0, 0, 0, 0]);
      dispose(given);
    }
    const exact = categorical64({ probs: weights });
    expect([-1, 0.5, 4, NaN, 2].map((value) => exact.logProb(value))).toEqual(
      new Array<number>(5).fill(-Infinity),
    );
    dispose(x);
  });

  it("has the gradient of softmax, also beside an impossible category and at logits of 100", () => {
    const logits = vector([100, -100, -Infinity, 99]);
    const x = vector([3]);
    const [gradient] = grads((value) => new Categorical({ logits: value }).logProb(x))([logits]);
    const share = 1 / (1 + Math.exp(-1));
    expect(close(read(gradient!), [-share, 0, 0, share])).toBe(true);
    dispose([logits, x]);
  });

  it("broadcasts over batches and samples", () => {
    const logits = makeTensor([
      [0, 1, 2],
      [2, 1, 0],
    ]);
    const one = new Categorical({ logits });
    const x = one.sample(key(3), [5, 4]);
    const logProb = one.logProb(x);
    expect([one.batchShape, x.shape, logProb.shape]).toEqual([[2], [5, 4, 2], [5, 4, 2]]);
    expect(read(one.mode())).toEqual([2, 0]);
    const scalar = vector([0]);
    const expected = [0, 1].map((row) =>
      categorical64({
        logits: [
          [0, 1, 2],
          [2, 1, 0],
        ][row]!,
      }).logProb(0),
    );
    expect(close(read(one.logProb(scalar)), expected)).toBe(true);
    dispose([logits, x, logProb, scalar]);
  });

  it("leaks nothing", () => {
    const probs = vector(weights);
    const x = vector([0, 1]);
    const one = new Categorical({ probs });
    for (const method of [
      () => one.logits,
      () => one.sample(key(1), [3]),
      () => one.logProb(x),
      () => one.mode(),
      () => one.entropy(),
      () => one.klTo(one)!,
    ]) {
      dispose(leavesOnlyResult(method));
    }
    dispose([probs, x]);
  });

  it("refuses parameters without categories", () => {
    const before = memory().numTensors;
    const scalar = makeTensor(1);
    expect(() => new Categorical({ probs: scalar })).toThrow(/last axis/);
    expect(() => new Categorical({} as never)).toThrow(/either/);
    dispose(scalar);
    expect(memory().numTensors).toBe(before);
  });
});
