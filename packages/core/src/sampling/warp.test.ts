import { beforeAll, describe, expect, test } from "vitest";
import { makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { warp } from "./warp.js";

const untouched = { temperature: 1, topK: 0, topP: 1 };

describe.each(["cpu", "wasm"] as const)("warp on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  const warped = (probabilities: number[], options: Partial<typeof untouched>): number[] => {
    const logits = makeTensor(
      probabilities.map((p) => Math.log(p) + 3),
      [1, probabilities.length],
    );
    return [...warp(logits, { ...untouched, ...options }).dataSync()].map(Math.exp);
  };
  const expectClose = (found: number[], expected: number[]): void => {
    expect(found.length).toBe(expected.length);
    found.forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 5));
  };

  test("normalises", () => expectClose(warped([0.3, 0.1, 0.1, 0.5], {}), [0.3, 0.1, 0.1, 0.5]));

  test("top p keeps the smallest set that reaches p, renormalised", () => {
    expectClose(warped([0.3, 0.1, 0.1, 0.5], { topP: 0.8 }), [0.375, 0, 0, 0.625]);
    expectClose(warped([0.15, 0.3, 0.3, 0.25], { topP: 0.8 }), [0, 0.3 / 0.85, 0.3 / 0.85, 0.25 / 0.85]);
    expectClose(warped([0.3, 0.1, 0.1, 0.5], { topP: 0.81 }), [0.3, 0.1, 0.1, 0.5]);
    expectClose(warped([0.3, 0.2, 0.5], { topP: 0 }), [0, 0, 1]);
  });

  test("top k keeps the k likeliest, renormalised", () => {
    expectClose(warped([0.3, 0.1, 0.2, 0.4], { topK: 2 }), [0.3 / 0.7, 0, 0, 0.4 / 0.7]);
    expectClose(warped([0.3, 0.7], { topK: 9 }), [0.3, 0.7]);
  });

  test("temperature is a power, and however small no NaN", () => {
    const total = 0.5 ** 2 + 0.3 ** 2 + 0.2 ** 2;
    expectClose(warped([0.5, 0.3, 0.2], { temperature: 0.5 }), [0.25 / total, 0.09 / total, 0.04 / total]);
    expectClose(warped([0.5, 0.3, 0.2], { temperature: 1e-50 }), [1, 0, 0]);
  });

  test("the temperature comes before top p, and impossible symbols stay so", () => {
    expectClose(warped([0.5, 0.3, 0.2], { temperature: 0.1, topP: 0.9 }), [1, 0, 0]);
    expectClose(warped([0.5, 0, 0.5], { temperature: 2, topK: 2 }), [0.5, 0, 0.5]);
  });
});
