import { tensor, tidy, variable } from "@tensorflow/tfjs-core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { distance } from "../testing/numbers.js";
import { parameter, steps } from "../testing/parameters.js";
import { Adam, adamW } from "./adam.js";

// torch 1.13 in float64: a parameter [[1, -0.5, 0.25]] after each of five steps with the gradients of
// testing/parameters.ts.
const golden = {
  // torch.optim.Adam(parameters, lr=0.1)
  plain: [
    [0.900000002, -0.4000000005, 0.150001],
    [0.8196959064, -0.3447801952, 0.0829961224],
    [0.8103259664, -0.2835340183, 0.0027028902],
    [0.7519016566, -0.2389978612, -0.0335926917],
    [0.6990754004, -0.1988556352, -0.0960739457],
  ],
  // torch.optim.Adam(parameters, lr=0.01, betas=(0.5, 0.9), eps=1e-3)
  settings: [
    [0.9900199601, -0.4900049975, 0.245],
    [0.9834040968, -0.4866587437, 0.2430255656],
    [0.9868673027, -0.481603404, 0.2375128177],
    [0.9775254882, -0.4798795219, 0.2372158378],
    [0.9716203624, -0.4783323105, 0.2301489962],
  ],
  // torch.optim.AdamW(parameters, lr=0.1)
  decay: [
    [0.899000002, -0.3995000005, 0.149751],
    [0.8177969064, -0.3438806952, 0.0825963714],
    [0.8076091694, -0.2822906376, 0.0022205429],
    [0.7483772505, -0.2374721898, -0.0340772597],
    [0.6948026171, -0.1970924917, -0.0965244364],
  ],
  // torch.optim.AdamW(parameters, lr=0.1, weight_decay=0.3)
  moreDecay: [
    [0.870000002, -0.3850000005, 0.142501],
    [0.7635959063, -0.3182301952, 0.0712210924],
    [0.7313180891, -0.2474371124, -0.0112087725],
    [0.6509542367, -0.1954778419, -0.0471680913],
    [0.5785993534, -0.1494712807, -0.1082343026],
  ],
};

describe.each(["cpu", "wasm"] as const)("Adam on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([
    ["plain", () => new Adam({ learningRate: 0.1 })],
    ["settings", () => new Adam({ learningRate: () => 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 })],
    ["decay", () => adamW({ learningRate: 0.1 })],
    ["moreDecay", () => adamW({ learningRate: 0.1, weightDecay: 0.3 })],
  ] as const)("takes PyTorch's steps (%s)", (name, make) => {
    expect(distance(steps(make(), parameter()).flat(), golden[name].flat())).toBeLessThan(3e-6);
  });
});

test("biases and scales don't decay, unless told", () => {
  const after = (options: { decays?: () => boolean }): number => {
    const bias = tidy(() => variable(tensor([2])));
    tidy(() => {
      adamW({ learningRate: 0.5, weightDecay: 0.5, ...options }).apply([bias], [tensor([0])], 0);
    });
    return bias.dataSync()[0]!;
  };
  expect(after({})).toBe(2);
  expect(after({ decays: () => true })).toBe(1.5);
});

test("a step leaks nothing; disposing frees the slots", () => {
  const target = parameter();
  const before = tensorCount();
  const optimizer = new Adam();
  steps(optimizer, target);
  expect(tensorCount()).toBe(before + 2);
  expect(() => {
    tidy(() => {
      optimizer.apply([target], [tensor([1, 2])], 5);
    });
  }).toThrow();
  expect(tensorCount()).toBe(before + 2);
  optimizer[Symbol.dispose]();
  expect(tensorCount()).toBe(before);
});
