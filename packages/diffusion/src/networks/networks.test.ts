import { InputError, key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normal } from "@gen/core/random";
import { disposeAll } from "@gen/nn";
import { memory, ones, slice, sub, tensor, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { networkOf, type NetworkConfig } from "./index.js";
import type { Network } from "./network.js";

beforeAll(() => useBackend("wasm"));

const config: NetworkConfig = { times: 100, hidden: 6, blocks: 2, channels: 8, resolutions: 2 };
const made = (shape: readonly number[], labels?: number, own: Partial<NetworkConfig> = {}): Network =>
  networkOf({ ...config, ...own }, { shape, labels, key: key(1), saved: undefined });
const sizeOf = (variables: Readonly<Record<string, Variable>>): number =>
  Object.values(variables).reduce((sum, { size }) => sum + size, 0);
const largest = (x: Tensor): number => Math.max(...Array.from(x.dataSync(), Math.abs));

/** The last layer begins at zero: gives it something to say. */
function woken(network: Network): Network {
  tidy(() => {
    for (const [path, variable] of Object.entries(network.variables))
      if (path.startsWith("output/")) variable.assign(ones(variable.shape));
  });
  return network;
}

describe.each<[string, readonly number[]]>([
  ["a perceptron", [3]],
  ["a U-Net", [2, 5, 7]],
])("%s", (_, shape) => {
  it("says nothing at first", () => {
    const network = made(shape);
    tidy(() => {
      expect(largest(network.call(normal(key(2), [2, ...shape]), tensor([0, 99])))).toBe(0);
    });
    disposeAll(network.variables);
  });

  it("looks at x, at the time and at the label of each row", () => {
    const before = memory().numTensors;
    const network = woken(made(shape, 3));
    tidy(() => {
      const x = normal(key(2), [2, ...shape]);
      const say = (input: Tensor, times: number[], labels: number[]): Tensor =>
        network.call(input, tensor(times), tensor(labels, undefined, "int32"));
      const said = say(x, [5, 50], [0, 3]);
      expect(said.shape).toEqual(x.shape);
      const changes = [
        say(normal(key(3), x.shape), [5, 50], [0, 3]),
        say(x, [6, 51], [0, 3]),
        say(x, [5, 50], [1, 2]),
      ].map((other) => sub(said, other));
      for (const change of changes)
        for (const row of [0, 1]) expect(largest(slice(change, row, 1))).toBeGreaterThan(1e-4);
      const alone = say(slice(x, 1, 1), [50], [3]);
      expect(largest(sub(slice(said, 1, 1), alone))).toBeLessThan(1e-4);
    });
    disposeAll(network.variables);
    expect(memory().numTensors).toBe(before);
  });
});

it.each<[readonly number[], number | undefined, Partial<NetworkConfig>]>([
  [[3], undefined, {}],
  [[2], 4, { hidden: 5, blocks: 1 }],
  [[1, 4, 4], undefined, { resolutions: 1 }],
  [[3, 8, 8], 10, { channels: 16, resolutions: 3 }],
])(
  "a network of shape %j, labels %s and %j has the parameters that are counted before",
  (shape, labels, own) => {
    const network = made(shape, labels, own);
    const count = sizeOf(network.variables);
    disposeAll(network.variables);
    const again = (saved: number) => networkOf({ ...config, ...own }, { shape, labels, key: key(1), saved });
    disposeAll(again(count).variables);
    expect(() => again(count - 1)).toThrow(`has ${count} parameters, but the file holds ${count - 1}`);
  },
);

it("the defaults are the peers' U-Net", () => {
  const network = made([1, 32, 32], undefined, { times: 1000, channels: 32, resolutions: 3 });
  expect(sizeOf(network.variables)).toBe(805_985);
  disposeAll(network.variables);
});

it("refuses more parameters than memory is worth, and channels that can't be grouped", () => {
  const before = memory().numTensors;
  expect(() => made([3], undefined, { hidden: 8192, blocks: 16 })).toThrow(InputError);
  expect(() => made([3, 8, 8], undefined, { channels: 1024, resolutions: 6 })).toThrow(/make it smaller/);
  expect(() => made([3, 8, 8], undefined, { channels: 12 })).toThrow(/multiple of 8/);
  expect(memory().numTensors).toBe(before);
});
