import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { averageDecay, averaged } from "./averaged.js";
import { diverged } from "./diverged.js";
import { key } from "../random/index.js";
import { scalar, variable } from "@tensorflow/tfjs-core";
import type { Trainer } from "./types.js";

beforeAll(async () => {
  await useBackend("cpu");
});

/** A trainer that adds 1 to a variable at each step. */
function counter(fails = false) {
  const value = variable(scalar(10));
  const seen: number[] = [];
  const trainer: Trainer = {
    consumes: "batch",
    start: () => value.assign(scalar(0)),
    step() {
      seen.push(value.dataSync()[0]!);
      if (fails) return Promise.resolve({ metrics: {}, diagnoses: [diverged] });
      const next = scalar(seen.at(-1)! + 1);
      value.assign(next);
      next.dispose();
      return Promise.resolve({ metrics: {} });
    },
    state: () =>
      Promise.resolve(new Map([["n", { dtype: "I32", shape: [1], data: Int32Array.of(seen.length) }]])),
    restore: (state) => {
      seen.length = state.get("n")!.data[0]!;
    },
    [Symbol.dispose]: () => value.dispose(),
  };
  return { value, seen, trainer };
}
const at = (step: number) => ({ step, key: key(0).fold(step) });

test("outside of a step the variables hold d · average + (1 − d) · value", async () => {
  const { value, seen, trainer } = counter();
  const ema = averaged(trainer, { variables: [value], decay: 0.3 });
  await ema.start?.([], key(0));
  let expected = 0;
  for (let step = 0; step < 6; step++) {
    await ema.step([], at(step));
    const d = Math.min(0.3, (1 + step) / (10 + step));
    expected = d * expected + (1 - d) * (step + 1);
    expect(value.dataSync()[0]).toBeCloseTo(expected, 5);
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  expect(averageDecay(0.999, 0)).toBe(0.1);
  ema[Symbol.dispose]();
});

test("its state brings back average and trained values, and steps leak nothing", async () => {
  const one = counter(),
    other = counter();
  const first = averaged(one.trainer, { variables: [one.value], decay: 0.9 });
  await first.step([], at(0));
  const tensors = memory().numTensors;
  await first.step([], at(1));
  expect(memory().numTensors).toBe(tensors);
  const state = await first.state();
  expect([...state.keys()]).toEqual(["trained/0", "trainer/n"]);

  const second = averaged(other.trainer, { variables: [other.value], decay: 0.9 });
  second.restore(state);
  other.value.assign(one.value);
  for (const ema of [first, second]) await ema.step([], at(2));
  expect(other.value.dataSync()).toEqual(one.value.dataSync());
  expect(other.seen.at(-1)).toBe(12);
  expect(() => second.restore(new Map())).toThrow(/lacks the array "trained\/0"/);
  expect(() => second.restore(new Map([...state, ["x", state.get("trainer/n")!]]))).toThrow(InputError);
  first[Symbol.dispose]();
  second[Symbol.dispose]();
});

test("a step that diverges or throws leaves average and trained values", async () => {
  const { value, trainer } = counter(true);
  using ema = averaged(trainer, { variables: [value], decay: 0.9 });
  const before = memory().numTensors;
  expect((await ema.step([], at(0))).diagnoses).toEqual([diverged]);
  expect(value.dataSync()[0]).toBe(10);
  const throwing = averaged(
    { ...trainer, step: () => Promise.reject(new Error("no")) },
    { variables: [value], decay: 0.9 },
  );
  await expect(throwing.step([], at(0))).rejects.toThrow("no");
  expect(value.dataSync()[0]).toBe(10);
  expect(memory().numTensors).toBe(before);
  let disposed = 0;
  const owned = { ...trainer, [Symbol.dispose]: () => (disposed += 1) };
  expect(() => averaged(owned, { variables: [], decay: 1 })).toThrow(/decay/);
  expect(disposed).toBe(1);
});
