import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { distance } from "../testing/numbers.js";
import { parameter, steps } from "../testing/parameters.js";
import { Sgd } from "./sgd.js";

// torch 1.13 in float64: a parameter [[1, -0.5, 0.25]] after each of five steps with the gradients of
// testing/parameters.ts.
const golden = {
  // torch.optim.SGD(parameters, lr=0.1)
  plain: [
    [0.95, -0.3, 0.2499],
    [0.94, -0.33, 0.2499],
    [0.98, -0.26, 0.2497],
    [0.68, -0.28, 0.2498],
    [0.66, -0.27, 0.2493],
  ],
  // torch.optim.SGD(parameters, lr=0.1, momentum=0.9)
  momentum: [
    [0.95, -0.3, 0.2499],
    [0.895, -0.15, 0.24981],
    [0.8855, 0.055, 0.249529],
    [0.57695, 0.2195, 0.2493761],
    [0.279255, 0.37755, 0.24873849],
  ],
};

describe.each(["cpu", "wasm"] as const)("SGD on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("takes PyTorch's steps", async () => {
    const optimizer = new Sgd({ learningRate: 0.1 });
    expect(distance(steps(optimizer, parameter()).flat(), golden.plain.flat())).toBeLessThan(1e-6);
    expect((await optimizer.state()).size).toBe(0);
  });

  test("takes PyTorch's steps with momentum", () => {
    const optimizer = new Sgd({ learningRate: 0.1, momentum: 0.9 });
    expect(distance(steps(optimizer, parameter()).flat(), golden.momentum.flat())).toBeLessThan(1e-6);
  });
});

test("follows a schedule", () => {
  const target = parameter();
  const optimizer = new Sgd({ learningRate: (step) => (step === 0 ? 0 : 1) });
  const [first, second] = steps(optimizer, target, 0, 2);
  expect(first).toEqual([1, -0.5, 0.25]);
  expect(distance(second!, [0.9, -0.8, 0.25])).toBeLessThan(1e-6);
});
