import { zeros } from "@tensorflow/tfjs-core";
import { InputError, key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { orthogonal } from "../initialisers/orthogonal.js";
import { firstOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import { disposeAll } from "../variables.js";
import { Dense } from "./dense.js";

describe.each(["cpu", "wasm"] as const)("dense on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([true, false])("gradients in x, weight and bias agree with differences (bias: %s)", (bias) => {
    const layer = new Dense({ inputs: 3, outputs: 2, key: key(1), bias });
    const x = uneven([2, 2, 3]);
    expect(firstOrderError(() => layer.call(x), [x, ...Object.values(layer.variables)])).toBeLessThan(1e-3);
  });

  test("is x W + b over the last axis", () => {
    const layer = new Dense({ inputs: 2, outputs: 2, key: key(1) });
    layer.weight.assign(uneven([2, 2]));
    layer.bias!.assign(uneven([2], 1, 1));
    const [w, b] = [layer.weight.dataSync(), layer.bias!.dataSync()];
    const x = uneven([3, 1, 2]);
    const y = layer.call(x);
    expect(y.shape).toEqual([3, 1, 2]);
    const values = x.dataSync();
    const expected = Array.from(
      { length: 6 },
      (_, i) => values[i - (i % 2)]! * w[i % 2]! + values[i - (i % 2) + 1]! * w[2 + (i % 2)]! + b[i % 2]!,
    );
    expect(distance(y.dataSync(), expected)).toBeLessThan(1e-6);
  });
});

test("the parameters are of the key, and named", () => {
  const [a, b, c] = [1, 1, 2].map((seed) => new Dense({ inputs: 3, outputs: 4, key: key(seed) }));
  expect(Object.keys(a!.variables)).toEqual(["weight", "bias"]);
  expect(a!.weight.dataSync()).toEqual(b!.weight.dataSync());
  expect(a!.weight.dataSync()).not.toEqual(c!.weight.dataSync());
  expect(Math.max(...a!.weight.dataSync().map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(3));
});

test("leaks nothing, also when it throws", () => {
  const before = tensorCount();
  expect(() => new Dense({ inputs: 2, outputs: 2, key: key(1), biases: orthogonal })).toThrow(InputError);
  expect(tensorCount()).toBe(before);
  const layer = new Dense({ inputs: 2, outputs: 2, key: key(1) });
  expect(tensorCount()).toBe(before + 2);
  const x = zeros([4, 3]);
  expect(() => layer.call(x)).toThrow("its last axis must be 2");
  x.dispose();
  expect(tensorCount()).toBe(before + 2);
  disposeAll(layer.variables);
  expect(tensorCount()).toBe(before);
});
