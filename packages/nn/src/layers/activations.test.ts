import { tensor } from "@tensorflow/tfjs-core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { firstOrderError, secondOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import { gelu, geluTanh, silu } from "./activations.js";

// torch 1.13, float64: gelu(x), gelu(x, approximate="tanh") and silu(x) of torch.nn.functional at these points.
const points = [-3, -1, -0.2, 0, 0.5, 2];
const golden = {
  gelu: [-0.00404969, -0.15865525, -0.08414806, 0, 0.34573123, 1.95449974],
  geluTanh: [-0.00363739, -0.15880801, -0.08414857, 0, 0.34571401, 1.95459769],
  silu: [-0.14227762, -0.26894142, -0.0900332, 0, 0.31122967, 1.76159416],
};
const activations = { gelu, geluTanh, silu };
const names = ["gelu", "geluTanh", "silu"] as const;

describe.each(["cpu", "wasm"] as const)("activations on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(names)("%s agrees with PyTorch", (name) => {
    expect(distance(activations[name](tensor(points)).dataSync(), golden[name])).toBeLessThan(1e-6);
  });

  test.each(names)("%s: derivatives of first and second order agree with differences", (name) => {
    const x = uneven([7], 2.5);
    expect(firstOrderError(() => activations[name](x), [x])).toBeLessThan(1e-3);
    expect(secondOrderError(() => activations[name](x), [x])).toBeLessThan(1e-3);
  });

  test.each(names)("%s leaks nothing", (name) => {
    const x = uneven([3]);
    const before = tensorCount();
    activations[name](x).dispose();
    expect(tensorCount()).toBe(before);
  });
});
