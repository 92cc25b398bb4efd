import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test, vi } from "vitest";
import { compile, coverage } from "../index.js";
import { uneven } from "../testing/backends.js";

// As with a version of onnxruntime-node whose inner module is another one.
vi.mock("../runtime/binding.js", async (original) => ({
  ...(await original<object>()),
  isSynchronous: () => false,
  newSession: () => {
    throw new Error("There is no synchronous door.");
  },
}));

beforeAll(() => tf.setBackend("onnx"));

const dense = (x: tf.Tensor, weight: tf.Variable): tf.Tensor =>
  tf.tanh(tf.matMul(x as tf.Tensor2D, weight as unknown as tf.Tensor2D));

test("without the synchronous door a compiled function answers later, and kernels fall back", async () => {
  const [x, weight] = [uneven([4, 5]), tf.variable(uneven([5, 3], 1))];
  const expected = tf.tidy(() => dense(x, weight).dataSync().slice());
  expect(coverage().calls.fallback["Tanh"]).toBeGreaterThan(0);
  expect(coverage().calls.native).toEqual({});
  const before = tf.memory().numTensors;
  using compiled = compile(([given]) => [dense(given!, weight)], [x]);
  const answer = compiled.run([x]);
  expect(answer).toBeInstanceOf(Promise);
  const [value] = await answer;
  Array.from(value!.dataSync()).forEach((each, i) => expect(each).toBeCloseTo(expected[i]!, 5));
  value!.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await expect(Promise.resolve().then(() => compiled.run([tf.ones([2])]))).rejects.toThrow(RangeError);
});
