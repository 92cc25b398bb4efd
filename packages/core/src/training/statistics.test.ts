import { memory, scalar } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { rows } from "../data/index.js";
import { key } from "../random/index.js";
import { statistics } from "./statistics.js";
import type { NamedArray, Step } from "./types.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const chunk = (...x: number[]) => rows({ x: Float64Array.from(x) });

test("a step collects every chunk, merges in order and updates once, leaving no tensor", async () => {
  const updates: string[] = [];
  const array: NamedArray = { dtype: "F64", shape: [1], data: Float64Array.of(4) };
  const trainer = statistics<string>({
    start: () => void scalar(1),
    collect: (given) => `${scalar(given.length).dataSync()[0]!}`,
    merge: (a, b) => `(${a} ${b})`,
    update(merged): Step {
      updates.push(merged);
      scalar(1);
      return { metrics: { bound: -1 }, done: "converged" };
    },
    state: () => Promise.resolve(new Map([["a", array]])),
    restore: (state) => updates.push([...state.keys()].join()),
  });
  expect(trainer.consumes).toBe("sweep");
  const before = memory().numTensors;
  trainer.start?.([], key(0));
  const step = await trainer.step([chunk(1), chunk(1, 2), chunk(1, 2, 3)], { step: 0, key: key(0) });
  expect(step).toEqual({ metrics: { bound: -1 }, done: "converged" });
  trainer.restore(await trainer.state());
  expect(updates).toEqual(["((1 2) 3)", "a"]);
  expect(memory().numTensors).toBe(before);
  await expect(trainer.step([], { step: 1, key: key(1) })).rejects.toThrow(/at least one chunk/);
});
