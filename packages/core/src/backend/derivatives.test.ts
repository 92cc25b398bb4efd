import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "./index.js";
import {
  alone,
  firstOrderError,
  inside,
  point,
  secondOrderError,
  type TensorFunction,
} from "./testing/differences.js";
import { convolutions } from "./testing/convolutions.js";
import { binary, masks, products, reductions, shapes, unary } from "./testing/operations.js";

const tolerance = 1e-3;
const operations = Object.entries({
  ...unary,
  ...binary,
  ...masks,
  ...reductions,
  ...products,
  ...shapes,
  ...convolutions,
});

const nth = (f: TensorFunction, order: number): TensorFunction =>
  order === 0 ? f : nth((x) => tf.grad(f)(x), order - 1);
const valueAt = (f: TensorFunction, x: number): number => tf.tidy(() => f(tf.scalar(x)).dataSync()[0]!);
const gradientAt = (f: TensorFunction, x: number[]): number[] =>
  tf.tidy(() => [...tf.grad(f)(tf.tensor(x)).dataSync()]);

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  test.each(operations)("%s: first derivative", (_, { apply, at }) => {
    expect(firstOrderError(alone(apply), at)).toBeLessThan(tolerance);
    expect(firstOrderError(inside(apply), at)).toBeLessThan(tolerance);
  });

  test.each(operations)("%s: second derivative", (_, { apply, at, straight = false }) => {
    if (!straight) expect(secondOrderError(alone(apply), at)).toBeLessThan(tolerance);
    expect(secondOrderError(inside(apply), at)).toBeLessThan(tolerance);
  });

  test("exp(x²) and 1 - 2 / (exp(2x) + 1) have the second derivatives of the formulas", () => {
    expect(
      valueAt(
        nth((x) => tf.exp(tf.square(x)), 2),
        1,
      ),
    ).toBeCloseTo(6 * Math.E, 4);
    const hyperbolic: TensorFunction = (x) => tf.sub(1, tf.div(2, tf.add(tf.exp(tf.mul(2, x)), 1)));
    const y = Math.tanh(0.5);
    expect(valueAt(nth(hyperbolic, 2), 0.5)).toBeCloseTo(-2 * y * (1 - y * y), 5);
  });

  test("third derivatives are right too", () => {
    const y = Math.tanh(0.7);
    const s = 1 / (1 + Math.exp(-0.7));
    expect(
      valueAt(
        nth((x) => tf.tanh(x), 3),
        0.7,
      ),
    ).toBeCloseTo((1 - y * y) * (6 * y * y - 2), 5);
    expect(
      valueAt(
        nth((x) => tf.exp(x), 3),
        0.7,
      ),
    ).toBeCloseTo(Math.exp(0.7), 5);
    expect(
      valueAt(
        nth((x) => tf.sigmoid(x), 3),
        0.7,
      ),
    ).toBeCloseTo(s * (1 - s) * (1 - 6 * s + 6 * s * s), 5);
  });

  test("an operation outside an inner gradient is differentiated once through its saved output", () => {
    // d/dx [exp(x) · d/dy (y³) at y = exp(x)] = d/dx 3 exp(3x) = 9 exp(3x).
    const mixed: TensorFunction = (x) => {
      const y = tf.exp(x);
      return tf.mul(y, tf.grad((z: Tensor) => tf.pow(z, 3))(y));
    };
    expect(valueAt(nth(mixed, 1), 0.3)).toBeCloseTo(9 * Math.exp(0.9), 3);
  });

  test("a gradient penalty through matMul and tanh is trained by its right gradient", () => {
    const inputs = tf.tensor2d([0.3, -0.8, 1.1, 0.5, -0.2, 0.9], [3, 2]);
    const out = tf.tensor2d([0.7, -1.2, 0.4], [3, 1]);
    const penalty: TensorFunction = (weights) => {
      const critic = (x: Tensor): Tensor => tf.sum(tf.matMul(tf.tanh(tf.matMul(x, weights)), out));
      const norms = tf.sqrt(tf.sum(tf.square(tf.grad(critic)(inputs)), 1));
      return tf.mean(tf.square(tf.sub(norms, 1)));
    };
    expect(firstOrderError(penalty, [0.5, -0.3, 0.8, 0.2, 1.1, -0.6])).toBeLessThan(tolerance);
    expect(secondOrderError(penalty, [0.5, -0.3, 0.8, 0.2, 1.1, -0.6])).toBeLessThan(tolerance);
    tf.dispose([inputs, out]);
  });

  test("equal elements share the gradient of an extremum", () => {
    expect(gradientAt((x) => tf.max(x), [2, 1, 2])).toEqual([0.5, 0, 0.5]);
    expect(gradientAt((x) => tf.min(x), [1, 1, 2])).toEqual([0.5, 0.5, 0]);
    expect(
      valueAt(
        nth((x) => tf.maximum(x, x), 1),
        3,
      ),
    ).toBe(1);
  });

  test("no derivative is NaN where a branch that isn't taken overflows", () => {
    const second = (f: TensorFunction, x: number): number => valueAt(nth(f, 2), x);
    expect(second((x) => tf.square(tf.selu(x)), 100)).toBeCloseTo(2 * 1.0507009873554805 ** 2, 4);
    expect(second((x) => tf.square(tf.elu(x)), 100)).toBe(2);
    expect(second((x) => tf.pow(x, 2), 0)).toBe(2);
    expect(
      valueAt(
        nth((x) => tf.pow(x, 2), 3),
        0,
      ),
    ).toBe(0);
    expect(
      valueAt(
        nth((x) => tf.add(x, tf.pow(x, 0)), 1),
        0,
      ),
    ).toBe(1);
    expect(
      valueAt(
        nth((x) => tf.add(x, tf.pow(x, x)), 2),
        1,
      ),
    ).toBeCloseTo(2, 5);
  });

  test("a whole number may stand on the path of a gradient", () => {
    for (const compare of [tf.equal, tf.greaterEqual]) {
      const counted: TensorFunction = (x) =>
        tf.mul(x, tf.cast(compare(tf.cast(x, "int32"), tf.scalar(3, "int32")), "float32"));
      expect(valueAt(nth(counted, 1), 3.4)).toBe(1);
    }
  });

  test("gradients leave no tensor behind", () => {
    const before = tf.memory();
    for (const [, { apply, at }] of operations) tf.dispose(tf.tidy(() => tf.grad(inside(apply))(point(at))));
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});
