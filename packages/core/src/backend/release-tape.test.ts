import { exp, grad, mul, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { releasingTape, tensorCount, useBackend } from "./index.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const failing = (x: Tensor): Tensor => {
  exp(mul(x, x));
  throw new Error("no loss today");
};

test("frees what an unfinished gradient had saved, at once and nested", () => {
  const before = tensorCount();
  const attempts = [
    () => grad(failing)(tensor([1])),
    () => grad((x: Tensor) => mul(exp(x), grad(failing)(x)))(tensor([1])),
  ];
  for (const attempt of attempts) {
    expect(() => releasingTape(() => tidy(attempt))).toThrow("no loss today");
    expect(tensorCount()).toBe(before);
  }
});

test("changes nothing for a computation that succeeds", () => {
  const before = tensorCount();
  expect([...releasingTape(() => tidy(() => grad((x: Tensor) => exp(x))(tensor([0])))).dataSync()]).toEqual([
    1,
  ]);
  expect(tensorCount()).toBe(before + 1);
});

test("the next gradient after a failure is right", () => {
  expect(() => releasingTape(() => tidy(() => grad(failing)(tensor([1]))))).toThrow();
  expect([...tidy(() => grad((x: Tensor) => mul(x, x))(tensor([3]))).dataSync()]).toEqual([6]);
});
