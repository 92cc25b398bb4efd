import * as tf from "@tensorflow/tfjs";
import { InferenceSession, Tensor } from "onnxruntime-web";
import { beforeAll, expect, test } from "vitest";
import { CompileError, exportOnnx } from "../index.js";
import { uneven } from "../testing/backends.js";

beforeAll(() => tf.setBackend("onnx"));

/** What onnxruntime-web makes of a file. */
async function opened(file: Uint8Array, feeds: Readonly<Record<string, tf.Tensor>>) {
  const session = await InferenceSession.create(file, { executionProviders: ["wasm"] });
  const given = Object.entries(feeds).map(([name, tensor]) => {
    const data = tensor.dataSync<"float32">();
    return [name, new Tensor(tensor.dtype as "float32", data, tensor.shape)] as const;
  });
  return session.run(Object.fromEntries(given));
}

test("an exported network gives the same in onnxruntime-web", async () => {
  const filter = tf.variable(uneven([3, 3, 2, 4], 1));
  const weight = tf.variable(uneven([4 * 6, 5], 2));
  const f = ([image, places]: tf.Tensor[]): tf.Tensor[] => {
    const seen = tf.relu(tf.conv2d(image as tf.Tensor4D, filter as unknown as tf.Tensor4D, 2, "same"));
    const pooled = tf.reshape(tf.maxPool(seen, 2, 2, "same"), [2, -1]);
    const hidden = tf.matMul(tf.slice(pooled as tf.Tensor2D, [0, 0], [2, 24]), weight);
    const attention = tf.softmax(tf.matMul(tf.reshape(hidden, [2, 5, 1]), tf.reshape(hidden, [2, 1, 5])));
    return [tf.gather(hidden, places as tf.Tensor1D, 1), tf.mul(attention, tf.sigmoid(attention))];
  };
  const inputs = [uneven([2, 8, 9, 2], 3), tf.tensor([4, 0], [2], "int32")];
  const expected = tf.tidy(() => f(inputs).map((tensor) => tensor.dataSync()));
  const file = exportOnnx(f, {
    inputs: [
      { name: "image", shape: [2, 8, 9, 2], dtype: "float32" },
      { name: "places", shape: [2], dtype: "int32" },
    ],
    outputs: ["chosen", "gated"],
    metadata: { author: "a test" },
  });
  const results = await opened(file, { image: inputs[0]!, places: inputs[1]! });
  for (const [i, name] of ["chosen", "gated"].entries()) {
    const values = results[name]!.data as Float32Array;
    values.forEach((value, j) => expect(value).toBeCloseTo(expected[i]![j]!, 4));
  }
  tf.dispose([filter, weight, inputs]);
});

test("refuses names and shapes that no file can have", () => {
  const input = { name: "x", shape: [2], dtype: "float32" } as const;
  const twice = ([x]: tf.Tensor[]): tf.Tensor[] => [tf.add(x!, x!)];
  expect(() => exportOnnx(twice, { inputs: [input], outputs: ["x"] })).toThrow(/Two .* named "x"/);
  expect(() => exportOnnx(twice, { inputs: [input], outputs: [""] })).toThrow(/empty name/);
  expect(() => exportOnnx(twice, { inputs: [input], outputs: ["y", "z"] })).toThrow(CompileError);
  expect(() => exportOnnx(twice, { inputs: [input], outputs: [] })).toThrow(CompileError);
  const fractional = { ...input, shape: [1.5] };
  expect(() => exportOnnx(twice, { inputs: [fractional], outputs: ["y"] })).toThrow(/"x" has the shape/);
});
