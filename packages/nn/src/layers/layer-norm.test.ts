import { tensor } from "@tensorflow/tfjs-core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { firstOrderError, secondOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import { LayerNorm } from "./layer-norm.js";

describe.each(["cpu", "wasm"] as const)("layer norm on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("derivatives of first and second order agree with differences", () => {
    const layer = new LayerNorm({ width: 4 });
    layer.scale.assign(uneven([4], 0.7));
    layer.shift.assign(uneven([4], 0.5, 1));
    const x = uneven([2, 4], 2);
    const all = [x, layer.scale, layer.shift];
    expect(firstOrderError(() => layer.call(x), all)).toBeLessThan(1e-3);
    expect(secondOrderError(() => layer.call(x), all)).toBeLessThan(1e-3);
  });

  // torch 1.13: torch.nn.functional.layer_norm(torch.tensor([[1., 2, 4], [-3, 0, 30]]), (3,))
  test("agrees with PyTorch", () => {
    const x = tensor([1, 2, 4, -3, 0, 30], [2, 3]);
    expect(distance(new LayerNorm({ width: 3 }).call(x).dataSync(), golden)).toBeLessThan(2e-6);
  });
});

const golden = [-1.0690415, -0.2672604, 1.3363019, -0.8053872, -0.6040404, 1.4094277];
