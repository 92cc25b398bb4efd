import { memory, scalar } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { rows } from "../data/index.js";
import type { Rows } from "../data/types.js";
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
  await trainer.start?.([], key(0));
  const step = await trainer.step([chunk(1), chunk(1, 2), chunk(1, 2, 3)], { step: 0, key: key(0) });
  expect(step).toEqual({ metrics: { bound: -1 }, done: "converged" });
  trainer.restore(await trainer.state());
  expect(updates).toEqual(["((1 2) 3)", "a"]);
  expect(memory().numTensors).toBe(before);
  await expect(trainer.step([], { step: 1, key: key(1) })).rejects.toThrow(/at least one chunk/);
});

test("collected by all chunks at once, they are merged in order too, and what the parts own is disposed", async () => {
  let disposed = 0;
  const later = new Promise<string>((resolve) => setTimeout(resolve, 10, "late"));
  const parts = {
    async *collectAll(chunks: Iterable<Rows>) {
      yield `${[...chunks].length}`;
      yield await later;
    },
    start: () => later.then(() => undefined),
    merge: (a: string, b: string) => `(${a} ${b})`,
    update: (merged: string) => Promise.resolve({ metrics: { length: merged.length } }),
    state: () => Promise.resolve(new Map<string, NamedArray>()),
    restore: () => undefined,
    [Symbol.dispose]() {
      disposed++;
    },
  };
  const trainer = statistics<string>(parts);
  await trainer.start?.([], key(0));
  const step = await trainer.step([chunk(1), chunk(2)], { step: 0, key: key(0) });
  expect(step).toEqual({ metrics: { length: "(2 late)".length } });
  trainer[Symbol.dispose]();
  expect(disposed).toBe(1);
});
