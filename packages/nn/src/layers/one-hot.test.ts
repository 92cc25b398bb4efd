import { useBackend } from "@gen/core/backend";
import { memory, tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { oneHot } from "./one-hot.js";

beforeAll(() => useBackend("cpu"));

it("has a one in the place of each class, whatever type the classes have", () => {
  for (const type of ["int32", "float32"] as const) {
    const hot = oneHot(tensor1d([2, 0], type), 3);
    expect(hot.dtype).toBe("float32");
    expect(hot.arraySync()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  }
});

it("takes a single class, and no rows", () => {
  expect(oneHot(tensor1d([0, 0], "int32"), 1).arraySync()).toEqual([[1], [1]]);
  expect(oneHot(tensor1d([], "int32"), 2).shape).toEqual([0, 2]);
});

it("leaves only its result", () => {
  const classes = tensor1d([1], "int32");
  const before = memory().numTensors;
  oneHot(classes, 2).dispose();
  expect(memory().numTensors).toBe(before);
});
