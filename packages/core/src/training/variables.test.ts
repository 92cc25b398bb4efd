import { memory, scalar, tensor, tidy, variable } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import type { NamedArray } from "./types.js";
import { disposeVariables, restoreVariables, variablesState } from "./variables.js";

beforeAll(async () => {
  await useBackend("cpu");
});

test("a state keeps types and shapes, owns its arrays, and comes back exactly", async () => {
  const before = memory().numTensors;
  const make = () =>
    tidy(() => ({
      weight: variable(tensor([[1, 2, 3]])),
      count: variable(scalar(7, "int32")),
      on: variable(scalar(true, "bool")),
    }));
  const one = make(),
    other = make();
  const state = await variablesState(one);
  expect([...state].map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
    ["weight", "F32", [1, 3]],
    ["count", "I32", []],
    ["on", "U8", []],
  ]);
  const changed = new Map<string, NamedArray>([
    ...state,
    ["weight", { dtype: "F32", shape: [1, 3], data: Float32Array.of(4, 5, -0) }],
  ]);
  restoreVariables(other, changed);
  expect([...other.weight.dataSync()]).toEqual([4, 5, -0]);
  expect([...state.get("weight")!.data]).toEqual([1, 2, 3]);
  changed.get("weight")!.data[0] = 9;
  expect(other.weight.dataSync()[0]).toBe(4);
  expect(other.count.dtype).toBe("int32");

  const wrong: readonly (readonly [ReadonlyMap<string, NamedArray>, RegExp])[] = [
    [new Map([...state].slice(1)), /lacks the array "weight"/],
    [new Map([...state, ["more", state.get("on")!]]), /"more" that the model has not/],
    [
      new Map([...changed, ["on", { dtype: "U8", shape: [1], data: Uint8Array.of(1) }]]),
      /"on" is U8 of shape \[1\], but the model's is U8 of shape \[\]/,
    ],
    [
      new Map([...changed, ["count", { dtype: "F32", shape: [], data: Float32Array.of(1) }]]),
      /"count" is F32/,
    ],
  ];
  for (const [bad, message] of wrong) expect(() => restoreVariables(one, bad)).toThrow(message);
  expect([...one.weight.dataSync()]).toEqual([1, 2, 3]);
  disposeVariables(one);
  disposeVariables(one);
  disposeVariables(other);
  expect(memory().numTensors).toBe(before);
});
