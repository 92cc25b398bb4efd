import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { compile, CompileError, ReadError } from "../index.js";
import { uneven } from "../testing/backends.js";

beforeAll(() => tf.setBackend("onnx"));

describe("a compiled function", () => {
  test("gives the eager values and gradients, with the variables as they stand", async () => {
    const weight = tf.variable(uneven([5, 3], 1));
    const f = (inputs: readonly tf.Tensor[]): tf.Tensor[] => {
      const loss = (): tf.Scalar =>
        tf.mean(tf.softplus(tf.matMul(inputs[0] as tf.Tensor2D, weight as unknown as tf.Tensor2D)));
      const { value, grads } = tf.variableGrads(loss);
      return [value, grads[weight.name]!, tf.ones([2])];
    };
    const x = uneven([4, 5]);
    using compiled = compile(f, [x]);
    for (const phase of [2, 3]) {
      weight.assign(uneven([5, 3], phase));
      const expected = tf.tidy(() => f([x]).map((tensor) => Array.from(tensor.dataSync())));
      const given = await compiled.run([x]);
      given.forEach((tensor, i) => {
        expect(tensor.shape).toEqual([[], [5, 3], [2]][i]);
        tensor.dataSync().forEach((value, j) => expect(value).toBeCloseTo(expected[i]![j]!, 5));
      });
      tf.dispose(given);
    }
    weight.dispose();
    x.dispose();
  });

  test("refuses to read values, and leaves the back end as it was", () => {
    const x = tf.ones([2]);
    const before = tf.memory().numTensors;
    expect(() => compile(([a]) => [tf.scalar(a!.dataSync()[0]!)], [x])).toThrow(ReadError);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.add(x, 1).arraySync()).toEqual([2, 2]);
  });

  test("names the kernel that has no form in ONNX", () => {
    expect(() => compile(([a]) => [tf.atan2(a!, a!)], [tf.ones([2])])).toThrow(CompileError);
    expect(() => compile(([a]) => [tf.atan2(a!, a!)], [tf.ones([2])])).toThrow(/Atan2/);
  });

  test("takes inputs of its own shapes and types only", () => {
    using compiled = compile(([a]) => [tf.add(a!, 1)], [tf.ones([2])]);
    expect(() => compiled.run([tf.ones([3])])).toThrow(RangeError);
    expect(() => compiled.run([tf.ones([2], "int32")])).toThrow(/int32/);
    expect(() => compiled.run([])).toThrow(/nothing/);
  });

  test("refuses to assign to variables, and leaves them as they were", () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const descent = tf.train.sgd(0.1);
    const before = tf.memory().numTensors;
    const assigns = ([a]: readonly tf.Tensor[]): tf.Tensor[] => {
      weight.assign(tf.mul(weight, a!));
      return [a!];
    };
    const minimizes = ([a]: readonly tf.Tensor[]): tf.Tensor[] => [
      descent.minimize(() => tf.sum(tf.mul(weight, a!)), true, [weight])!,
    ];
    const x = tf.ones([2]);
    for (const f of [assigns, minimizes]) {
      expect(() => compile(f, [x])).toThrow(CompileError);
      expect(() => compile(f, [x])).toThrow(weight.name);
    }
    expect(weight.arraySync()).toEqual([1, 2]);
    x.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(weight);
    descent.dispose();
  });

  test("names what a caller did wrong", () => {
    const x = tf.ones([2]);
    expect(() => compile((([a]: tf.Tensor[]) => a) as never, [x])).toThrow(/must return a list/);
    const compiled = compile(([a]) => [tf.add(a!, 1)], [x]);
    x.dispose();
    expect(() => compiled.run([x])).toThrow(/was disposed/);
    compiled.dispose();
    compiled.dispose();
    expect(() => compiled.run([tf.ones([2])])).toThrow(/compile it anew/);
  });

  test("runs while another back end is in use", async () => {
    using compiled = compile(([a]) => [tf.add(a!, 1)], [tf.ones([2])]);
    await tf.setBackend("cpu");
    const [value] = await compiled.run([tf.ones([2])]);
    expect(tf.mul(value!, 2).arraySync()).toEqual([4, 4]);
    await tf.setBackend("onnx");
    expect(tf.mul(value!, 3).arraySync()).toEqual([6, 6]);
  });

  test("leaks no tensor", async () => {
    const x = tf.ones([2, 2]);
    const before = tf.memory().numTensors;
    const compiled = compile(([a]) => [tf.matMul(a as tf.Tensor2D, a as tf.Tensor2D)], [x]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(await compiled.run([x]));
    expect(tf.memory().numTensors).toBe(before);
    compiled.dispose();
  });
});
