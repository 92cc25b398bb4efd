import { expect, test } from "vitest";
import { cosine, exponential, linear, rateAt } from "./schedules.js";

test("a number is the rate of every step", () => {
  expect(rateAt(0.5, 0)).toBe(0.5);
  expect(rateAt((step) => step * 2, 3)).toBe(6);
});

test("cosine warms up, falls along half a cosine and stays", () => {
  const rate = cosine({ rate: 1, steps: 14, warmup: 4, final: 0.2 });
  expect([0, 1, 2, 3, 4].map(rate)).toEqual([0.25, 0.5, 0.75, 1, 1]);
  expect(rate(9)).toBeCloseTo(0.6, 12);
  expect(rate(4 + 10 / 3)).toBeCloseTo(0.2 + 0.8 * 0.75, 12);
  expect([14, 15, 1000].map(rate)).toEqual([0.2, 0.2, 0.2]);
});

test("cosine without warmup starts at the rate, and needs no steps", () => {
  expect(cosine({ rate: 3, steps: 10 })(0)).toBe(3);
  expect(cosine({ rate: 3, steps: 10 })(10)).toBeCloseTo(0, 12);
  expect(cosine({ rate: 3, steps: 0 })(0)).toBe(3);
});

test("linear falls to its end and stays", () => {
  const rate = linear({ rate: 1, steps: 4, final: 0.5 });
  expect([0, 1, 2, 4, 9].map(rate)).toEqual([1, 0.875, 0.75, 0.5, 0.5]);
  expect(linear({ rate: 1, steps: 0 })(0)).toBe(1);
});

test("exponential is divided by the same number every so many steps", () => {
  const rate = exponential({ rate: 8, decay: 0.5, every: 2 });
  expect([0, 2, 4].map(rate)).toEqual([8, 4, 2]);
  expect(rate(1)).toBeCloseTo(8 / Math.SQRT2, 12);
});
