import { expect, it } from "vitest";
import { dispose } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { key } from "../random/index.js";
import { Deterministic } from "./deterministic.js";
import { leavesOnlyResult, read, vector } from "./testing/property-case.js";

it("Deterministic has all mass on its value", async () => {
  await useBackend("cpu");
  const [value, x] = [vector([1.5, -2]), vector([1.5, 2])];
  const one = new Deterministic({ value });
  expect(read(one.sample(key(1), [2]))).toEqual([1.5, -2, 1.5, -2]);
  expect(read(one.logProb(x))).toEqual([0, -Infinity]);
  expect(read(one.cdf(x))).toEqual([1, 1]);
  expect([one.mean(), one.mode(), one.variance(), one.entropy()].map(read)).toEqual([
    [1.5, -2],
    [1.5, -2],
    [0, 0],
    [0, 0],
  ]);
  expect(read(one.klTo(new Deterministic({ value: 1.5 }))!)).toEqual([0, Infinity]);
  for (const method of [
    () => one.sample(key(1)),
    () => one.logProb(x),
    () => one.mean(),
    () => one.entropy(),
  ]) {
    dispose(leavesOnlyResult(method));
  }
  dispose([value, x]);
});
