import { mean, ones, tensor } from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { firstOrderError } from "../testing/differences.js";
import { uneven } from "../testing/numbers.js";
import { dropout } from "./dropout.js";

describe.each(["cpu", "wasm"] as const)("dropout on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("keeps the mean and drops the rate's share", () => {
    const count = 40_000;
    const y = dropout(ones([count]), 0.3, key(3));
    const dropped = [...y.dataSync()].filter((v) => v === 0).length / count;
    // Five standard errors of each.
    expect(Math.abs(dropped - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / count));
    expect(Math.abs(mean(y).dataSync()[0]! - 1)).toBeLessThan((5 * Math.sqrt((0.3 * 0.7) / count)) / 0.7);
    expect(new Set(y.dataSync())).toEqual(new Set([0, Math.fround(1 / 0.7)]));
  });

  test("the same key drops the same, another key other elements", () => {
    const mask = (seed: number) => [...dropout(ones([50]), 0.5, key(seed)).dataSync()];
    expect(mask(1)).toEqual(mask(1));
    expect(mask(1)).not.toEqual(mask(2));
  });

  test("the gradient goes through what is kept", () => {
    const x = uneven([8]);
    expect(firstOrderError(() => dropout(x, 0.4, key(5)), [x])).toBeLessThan(1e-3);
  });
});

test("without a key or at rate 0 x is as it was, in a tensor of its own", () => {
  const x = tensor([1, -2, 3]);
  const before = tensorCount();
  for (const y of [dropout(x, 0.5, undefined), dropout(x, 0, key(1))]) {
    expect([...y.dataSync()]).toEqual([1, -2, 3]);
    y.dispose();
  }
  dropout(x, 0.5, key(2)).dispose();
  expect([...x.dataSync()]).toEqual([1, -2, 3]);
  expect(tensorCount()).toBe(before);
});

test.each([1, -0.1, NaN])("a rate of %s is refused", (rate) => {
  expect(() => dropout(tensor([1]), rate, key(1))).toThrow("dropout rate");
});
