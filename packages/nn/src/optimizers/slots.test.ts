import type { Optimizer } from "@gen/core";
import { InputError, type NamedArray } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { parameter, steps } from "../testing/parameters.js";
import { Adam, adamW } from "./adam.js";
import { clipped } from "./clipped.js";
import { Sgd } from "./sgd.js";

beforeAll(() => useBackend("cpu"));

const optimizers: [string, () => Optimizer][] = [
  ["Adam", () => new Adam({ learningRate: 0.1 })],
  ["AdamW", () => adamW({ learningRate: 0.1 })],
  ["SGD with momentum", () => new Sgd({ momentum: 0.9 })],
  ["clipped Adam", () => clipped(new Adam({ learningRate: 0.1 }), 0.5)],
];

describe.each(optimizers)("%s", (_, make) => {
  test("goes on from a saved state as if uninterrupted, bit for bit", async () => {
    const whole = steps(make(), parameter());

    const target = parameter();
    const first = make();
    steps(first, target, 0, 2);
    const saved = await first.state();
    const second = make();
    second.restore(saved);
    expect(steps(second, target, 2)).toEqual(whole.slice(2));
  });

  test("gives back what was restored, before and after it is used", async () => {
    const first = make();
    steps(first, parameter(), 0, 3);
    const saved = await first.state();
    expect(saved.size).toBeGreaterThan(0);
    const second = make();
    second.restore(saved);
    expect(new Map(await second.state())).toEqual(new Map(saved));
  });

  test("restoring an empty state makes it as new", () => {
    const optimizer = make();
    steps(optimizer, parameter());
    optimizer.restore(new Map());
    expect(steps(optimizer, parameter())).toEqual(steps(make(), parameter()));
  });

  test("disposing frees all", () => {
    const target = parameter();
    const before = tensorCount();
    const optimizer = make();
    steps(optimizer, target);
    expect(tensorCount()).toBeGreaterThan(before);
    optimizer[Symbol.dispose]();
    expect(tensorCount()).toBe(before);
  });
});

test("the saved names say slot and parameter", async () => {
  const optimizer = new Adam();
  steps(optimizer, parameter(), 0, 1);
  expect([...(await optimizer.state()).keys()]).toEqual(["firstMoment/0", "secondMoment/0"]);
});

const array = (shape: number[]): NamedArray => ({
  dtype: "F32",
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});

test("a state that isn't its own is refused, and changes nothing", async () => {
  const optimizer = new Adam();
  steps(optimizer, parameter());
  const before = new Map(await optimizer.state());
  expect(() => {
    optimizer.restore(new Map([["velocity/0", array([1, 3])]]));
  }).toThrow(InputError);
  expect(new Map(await optimizer.state())).toEqual(before);
});

test("a value of another shape is refused at each use, and leaks nothing", () => {
  const target = parameter();
  const before = tensorCount();
  const optimizer = new Adam();
  optimizer.restore(new Map([["firstMoment/0", array([3, 1])]]));
  for (let attempt = 0; attempt < 2; attempt++)
    expect(() => steps(optimizer, target, 0, 1)).toThrow(InputError);
  expect(tensorCount()).toBe(before);
  expect([...target.dataSync()]).toEqual([1, -0.5, 0.25]);
});
