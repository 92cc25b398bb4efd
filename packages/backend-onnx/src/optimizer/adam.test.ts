import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import "../index.js";
import { OnnxBackend } from "../eager/backend.js";
import { uneven } from "../testing/backends.js";
import { adamModule } from "./adam.wasm.js";

beforeAll(() => tf.setBackend("onnx"));

const constants = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, stepSize: 0.02, rootCorrection: 0.3 };
function onnx(): OnnxBackend {
  const used = tf.backend();
  if (!(used instanceof OnnxBackend)) throw new Error("The back end in use is another one.");
  return used;
}

const variables = (shape: readonly number[]) => ({
  parameter: tf.tidy(() => tf.variable(uneven(shape, 1))),
  firstMoment: tf.tidy(() => tf.variable(uneven(shape, 2))),
  secondMoment: tf.tidy(() => tf.variable(tf.square(uneven(shape, 3)))),
});

test("the assembled kernel is of the source that stands beside it", async () => {
  const script: string = new URL("../../../../scripts/assemble.mjs", import.meta.url).href;
  const { assembled } = (await import(script)) as { assembled: (source: string) => Promise<string> };
  expect(await assembled(fileURLToPath(new URL("adam.wat", import.meta.url)))).toContain(adamModule);
  expect(readFileSync(new URL("adam.wat", import.meta.url), "utf8")).toContain("f32x4.sqrt");
});

test("a step is Adam's, for sizes that fill no vector", () => {
  const [one, two] = [variables([3, 5]), variables([1])];
  const gradients = [uneven([3, 5], 4), uneven([1], 5)];
  const expected = [one, two].map(({ parameter, firstMoment, secondMoment }, i) => {
    const [p, m, v] = [parameter, firstMoment, secondMoment].map((each) => each.dataSync());
    return Array.from(gradients[i]!.dataSync(), (g, j) => {
      const first = 0.9 * m![j]! + 0.1 * g;
      const second = 0.99 * v![j]! + 0.01 * g * g;
      return p![j]! * 0.5 - (0.02 * first) / (Math.sqrt(second) / 0.3 + 1e-8);
    });
  });
  const before = tf.memory().numTensors;
  onnx().adam(
    [one, two].map((each, i) => ({ ...each, gradient: gradients[i]!, shrink: 0.5 })),
    constants,
  );
  expect(tf.memory().numTensors).toBe(before);
  [one, two].forEach(({ parameter }, i) => {
    parameter.dataSync().forEach((value, j) => expect(value).toBeCloseTo(expected[i]![j]!, 5));
  });
});

test("what else holds the values keeps them, and an assigned value is taken", () => {
  const each = variables([4]);
  const gradient = uneven([4], 4);
  const step = (): void => onnx().adam([{ ...each, gradient, shrink: 1 }], constants);
  step();
  const copy = tf.clone(each.parameter);
  const read = each.parameter.dataSync();
  const kept = Array.from(read);
  step();
  expect(Array.from(copy.dataSync())).toEqual(kept);
  expect(Array.from(read)).toEqual(kept);
  expect(Array.from(each.parameter.dataSync())).not.toEqual(kept);
  tf.tidy(() => each.parameter.assign(tf.zeros([4])));
  step();
  each.parameter.dataSync().forEach((value) => expect(Math.abs(value)).toBeLessThan(0.1));
  expect(tf.add(each.parameter, 0).shape).toEqual([4]);
});
