import { expect, test } from "vitest";
import { key } from "../random/index.js";
import { batches } from "./batches.js";

test("the order is a pure function of key and step", () => {
  const forward = batches(key(7), 10, 3);
  const steps = Array.from({ length: 9 }, (_, step) => forward(step));
  for (const step of [8, 0, 4, 2, 7]) expect(batches(key(7), 10, 3)(step)).toEqual(steps[step]);
  expect(batches(key(8), 10, 3)(0)).not.toEqual(steps[0]);
});

test("an epoch visits no row twice, drops the incomplete batch, and the next is shuffled anew", () => {
  const order = batches(key(1), 10, 3);
  const epoch = (first: number): number[] => [0, 1, 2].flatMap((step) => [...order(first + step)]);
  for (const first of [0, 3]) {
    const seen = epoch(first);
    expect(new Set(seen).size).toBe(9);
    expect(seen.every((row) => row >= 0 && row < 10)).toBe(true);
  }
  expect(epoch(0)).not.toEqual(epoch(3));
});

test("a batch is not larger than the data", () => {
  const order = batches(key(1), 4, 100);
  expect([...order(0)].sort()).toEqual([0, 1, 2, 3]);
  expect([...order(1)].sort()).toEqual([0, 1, 2, 3]);
});
