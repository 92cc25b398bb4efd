import { tensor, tidy } from "@tensorflow/tfjs-core";
import type { Optimizer } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { distance } from "../testing/numbers.js";
import { clipByGlobalNorm, clipped } from "./clipped.js";

describe.each(["cpu", "wasm"] as const)("clipping on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("scales all gradients by one factor so that their joint norm is the bound", () => {
    const gradients = [tensor([3, 0]), tensor([[0], [4]])];
    const [a, b] = clipByGlobalNorm(gradients, 2.5);
    expect(distance([...a!.dataSync(), ...b!.dataSync()], [1.5, 0, 0, 2])).toBeLessThan(1e-6);
    expect(b!.shape).toEqual([2, 1]);
  });

  test("leaves gradients within the bound as they are, zeros too", () => {
    expect([...clipByGlobalNorm([tensor([3, 4])], 5)[0]!.dataSync()]).toEqual([3, 4]);
    expect([...clipByGlobalNorm([tensor([0, 0])], 5)[0]!.dataSync()]).toEqual([0, 0]);
  });
});

test("a clipped optimizer sees clipped gradients and leaks nothing, also when it throws", () => {
  const seen: number[][] = [];
  let broken = false;
  const inner: Optimizer = {
    apply(_, gradients) {
      if (broken) throw new Error("broken");
      seen.push([...gradients[0]!.dataSync()]);
    },
    state: () => Promise.resolve(new Map()),
    restore() {},
    [Symbol.dispose]() {},
  };
  const optimizer = clipped(inner, 1);
  const gradient = tensor([0, 10]);
  const before = tensorCount();
  optimizer.apply([], [gradient], 0);
  expect(seen).toEqual([[0, 1]]);
  broken = true;
  expect(() => {
    optimizer.apply([], [gradient], 1);
  }).toThrow("broken");
  expect(tensorCount()).toBe(before);
  tidy(() => gradient.dispose());
});
