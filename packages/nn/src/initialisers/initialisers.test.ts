import type { Tensor } from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, expect, test } from "vitest";
import type { Initialiser } from "./initialiser.js";
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  normal,
  ones,
  torchDefault,
  uniform,
  zeros,
} from "./initialisers.js";

beforeAll(() => useBackend("cpu"));

const shape = [150, 200];
const fans = { fanIn: 150, fanOut: 200 };

function moments(values: Tensor): { mean: number; deviation: number; largest: number } {
  const numbers = Float64Array.from(values.dataSync());
  const mean = numbers.reduce((a, b) => a + b) / numbers.length;
  const variance = numbers.reduce((total, v) => total + (v - mean) ** 2, 0) / numbers.length;
  return {
    mean,
    deviation: Math.sqrt(variance),
    largest: numbers.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
  };
}

const bounded: [string, Initialiser, number][] = [
  ["uniform", uniform(0.3), 0.3],
  ["torchDefault", torchDefault, 1 / Math.sqrt(150)],
  ["glorotUniform", glorotUniform, Math.sqrt(6 / 350)],
  ["heUniform", heUniform, Math.sqrt(6 / 150)],
];
test.each(bounded)("%s fills its bounds evenly", (_, initialise, bound) => {
  const { mean, deviation, largest } = moments(initialise(key(1), shape, fans));
  expect(largest).toBeLessThanOrEqual(Math.fround(bound));
  expect(largest).toBeGreaterThan(0.999 * bound);
  // Five standard errors of 30 000 draws.
  expect(Math.abs(mean)).toBeLessThan((5 * bound) / Math.sqrt(3 * 30_000));
  expect(Math.abs((deviation * Math.sqrt(3)) / bound - 1)).toBeLessThan(0.015);
});

const spread: [string, Initialiser, number][] = [
  ["normal", normal(0.02), 0.02],
  ["glorotNormal", glorotNormal, Math.sqrt(2 / 350)],
  ["heNormal", heNormal, Math.sqrt(2 / 150)],
];
test.each(spread)("%s has its deviation", (_, initialise, expected) => {
  const { mean, deviation, largest } = moments(initialise(key(1), shape, fans));
  expect(Math.abs(mean)).toBeLessThan((5 * expected) / Math.sqrt(30_000));
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.0205);
  expect(largest).toBeGreaterThan(3.5 * expected);
});

test("zeros and ones", () => {
  expect(moments(zeros(key(1), [3, 2], fans))).toEqual({ mean: 0, deviation: 0, largest: 0 });
  expect(moments(ones(key(1), [3, 2], fans))).toEqual({ mean: 1, deviation: 0, largest: 1 });
});

test("each makes one tensor of the shape", () => {
  const all = [zeros, ones, ...[...bounded, ...spread].map(([, initialise]) => initialise)];
  for (const initialise of all) {
    const before = tensorCount();
    const values = initialise(key(1), [2, 3], fans);
    expect(values.shape).toEqual([2, 3]);
    expect(tensorCount()).toBe(before + 1);
    values.dispose();
  }
});
