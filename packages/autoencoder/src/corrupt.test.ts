import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { fill, memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { corrupt } from "./corrupt.js";

beforeAll(() => useBackend("cpu"));

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const corrupted = (noise: number, masked: number, seed = 1): number[] =>
  Array.from(corrupt(fill([100, 100], 2), { noise, masked }, key(seed)).dataSync());

it("changes nothing unless asked", () => {
  expect(corrupted(0, 0).every((value) => value === 2)).toBe(true);
});

it("adds noise of the deviation", () => {
  const values = corrupted(0.5, 0);
  expect(mean(values)).toBeCloseTo(2, 1);
  expect(Math.sqrt(mean(values.map((value) => (value - 2) ** 2)))).toBeCloseTo(0.5, 1);
});

it("puts the share to 0, and leaves the others", () => {
  const values = corrupted(0, 0.3);
  expect(mean(values.map((value) => Number(value === 0)))).toBeCloseTo(0.3, 1);
  expect(values.every((value) => value === 0 || value === 2)).toBe(true);
});

it("is the same for the same key, another for another, and leaves nothing behind", () => {
  expect(corrupted(0.1, 0.1)).toEqual(corrupted(0.1, 0.1));
  expect(corrupted(0.1, 0.1)).not.toEqual(corrupted(0.1, 0.1, 2));
  const x = fill([2, 2], 1);
  const before = memory().numTensors;
  corrupt(x, { noise: 1, masked: 0.5 }, key(1)).dispose();
  expect(memory().numTensors).toBe(before);
  x.dispose();
});
