import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { on, uneven } from "../testing/backends.js";

/** Elements and shapes on both back ends, what is not a number included. */
async function same(f: () => tf.Tensor): Promise<void> {
  const told = (): tf.Tensor[] => {
    const value = f();
    return [value, tf.tensor1d(value.shape, "int32")];
  };
  expect(await on("onnx", told)).toEqual(await on("cpu", told));
}

const holed = (): tf.Tensor1D => tf.tensor1d([1, NaN, 3, -2]);

const cases: Readonly<Record<string, () => tf.Tensor>> = {
  max: () => tf.max(holed()),
  min: () => tf.min(holed()),
  argMax: () => tf.argMax(holed()),
  argMin: () => tf.argMin(holed()),
  topk: () => tf.topk(holed(), 2).values,
  maxPool: () => tf.maxPool(holed().as3D(2, 2, 1), 2, 1, "valid"),
  relu: () => tf.relu(holed()),
  step: () => tf.step(holed()),
  "cast to int32": () => tf.cast(tf.tensor1d([NaN, Infinity, -Infinity, 3e9, -3e9, 2.7, -2.7]), "int32"),
  "cast to bool": () => tf.cast(holed(), "bool"),
  "division by 0": () => tf.floorDiv(tf.tensor1d([1, -1, 0], "int32"), tf.tensor1d([0, 0, 0], "int32")),
  "padding by a number, with a filter that is not square": () =>
    tf.conv2d(uneven([1, 5, 7, 2]) as tf.Tensor4D, tf.ones([3, 2, 2, 1]), 1, 1),
  "one hot of an index out of range": () => tf.oneHot(tf.tensor1d([0, 3, -1], "int32"), 3),
};

for (const [name, f] of Object.entries(cases)) test(`${name} is as on cpu`, () => same(f));
