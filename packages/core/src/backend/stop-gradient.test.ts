import {
  add,
  grad,
  log,
  memory,
  mul,
  square,
  sub,
  sum,
  tensor,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { stopGradient, useBackend } from "./index.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const gradientAt = (f: (x: Tensor) => Tensor, x: number[]): number[] =>
  tidy(() => [...grad(f)(tensor(x)).dataSync()]);

test("keeps the value", () => {
  expect(tidy(() => [...stopGradient(tensor([1.5, -2])).dataSync()])).toEqual([1.5, -2]);
});

test("is a constant to the first and the second derivative", () => {
  const f = (x: Tensor): Tensor => mul(square(x), stopGradient(x));
  expect(gradientAt(f, [3])).toEqual([18]);
  expect(gradientAt((x) => grad(f)(x), [3])).toEqual([6]);
});

test("passes gradients straight through a constant difference", () => {
  const straightThrough = (x: Tensor): Tensor => sum(square(add(x, stopGradient(sub(square(x), x)))));
  expect(gradientAt(straightThrough, [2])).toEqual([8]);
});

test("cuts infinite slopes as well", () => {
  expect(gradientAt((x) => add(x, stopGradient(log(x))), [0])).toEqual([1]);
});

test("leaves no tensor behind", () => {
  const before = memory().numTensors;
  gradientAt((x) => sum(mul(x, stopGradient(x))), [1, 2]);
  expect(memory().numTensors).toBe(before);
});
