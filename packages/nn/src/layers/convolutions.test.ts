import { dispose, tensor, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { firstOrderError, secondOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import { BatchNorm } from "./batch-norm.js";
import { Conv2d } from "./convolution.js";
import { GroupNorm } from "./group-norm.js";
import { averagePool, maxPool, upsampleNearest } from "./pooling.js";
import { ConvTranspose2d } from "./transposed-convolution.js";

/** A layer with the uneven numbers that PyTorch was given too. */
const convolution = (): Conv2d => {
  const layer = new Conv2d({ inputs: 2, outputs: 3, size: [3, 2], stride: 2, padding: 1, key: key(1) });
  layer.weight.assign(uneven([3, 2, 2, 3], 1, 1));
  layer.bias!.assign(uneven([3], 1, 2));
  return layer;
};
const transposed = (): ConvTranspose2d => {
  const layer = new ConvTranspose2d({
    inputs: 2,
    outputs: 3,
    size: [4, 3],
    stride: 2,
    padding: 1,
    key: key(1),
  });
  layer.weight.assign(uneven([4, 3, 3, 2], 1, 1));
  layer.bias!.assign(uneven([3], 1, 2));
  return layer;
};
const scaled = <T extends { readonly scale: Variable; readonly shift: Variable }>(layer: T): T => {
  layer.scale.assign(uneven([4], 1, 1));
  layer.shift.assign(uneven([4], 1, 2));
  return layer;
};

const first = (y: Tensor): number[] => Array.from(y.dataSync().slice(0, 6));
const total = (y: Tensor): number => y.dataSync<"float32">().reduce((sum, value) => sum + Math.abs(value), 0);

describe.each(["cpu", "wasm", "onnx"] as const)("layers of images on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  // torch 1.13: conv2d, conv_transpose2d, group_norm and BatchNorm2d of the same numbers.
  test("agree with PyTorch", () => {
    const x = uneven([2, 2, 5, 4]);
    const [y, z] = [convolution().call(x), transposed().call(x)];
    expect(y.shape).toEqual([2, 3, 3, 3]);
    expect(distance(first(y), golden.convolution)).toBeLessThan(2e-6);
    expect(total(y)).toBeCloseTo(31.867348, 3);
    expect(z.shape).toEqual([2, 3, 10, 7]);
    expect(distance(first(z), golden.transposed)).toBeLessThan(2e-6);
    expect(total(z)).toBeCloseTo(703.05383, 2);
  });

  test("normalise as PyTorch", () => {
    const x = uneven([2, 4, 3, 2]);
    const grouped = scaled(new GroupNorm({ channels: 4, groups: 2 })).call(x);
    expect(distance(first(grouped), golden.group)).toBeLessThan(5e-6);
    const layer = scaled(new BatchNorm({ channels: 4 }));
    const { y, updates } = layer.train(x);
    expect(distance(first(y), golden.batch)).toBeLessThan(5e-6);
    for (const [running, now] of updates) running.assign(now);
    expect(distance(layer.runningMean.dataSync(), golden.mean)).toBeLessThan(1e-6);
    expect(distance(layer.runningVariance.dataSync(), golden.variance)).toBeLessThan(1e-6);
    expect(distance(first(layer.call(x)), golden.evaluated)).toBeLessThan(5e-6);
  });

  test("have right derivatives", () => {
    const x = uneven([2, 2, 4, 4], 2);
    const [conv, wide] = [convolution(), transposed()];
    expect(firstOrderError(() => conv.call(x), [x, conv.weight, conv.bias!])).toBeLessThan(1e-2);
    expect(firstOrderError(() => wide.call(x), [x, wide.weight, wide.bias!])).toBeLessThan(1e-2);
    const many = uneven([2, 4, 2, 2], 2);
    const [group, batch] = [
      scaled(new GroupNorm({ channels: 4, groups: 2 })),
      scaled(new BatchNorm({ channels: 4 })),
    ];
    expect(firstOrderError(() => group.call(many), [many, group.scale, group.shift])).toBeLessThan(1e-2);
    expect(secondOrderError(() => group.call(many), [many, group.scale])).toBeLessThan(1e-2);
    expect(firstOrderError(() => batch.train(many).y, [many, batch.scale, batch.shift])).toBeLessThan(1e-2);
    for (const f of [maxPool, averagePool, upsampleNearest])
      expect(firstOrderError(() => f(many, 2), [many])).toBeLessThan(1e-2);
  });

  test("leave nothing behind", () => {
    const x = uneven([2, 4, 4, 4], 2);
    const layers = [
      new Conv2d({ inputs: 4, outputs: 2, size: 3, key: key(1) }),
      new ConvTranspose2d({ inputs: 4, outputs: 2, size: 3, key: key(1) }),
      new GroupNorm({ channels: 4, groups: 2 }),
      new BatchNorm({ channels: 4 }),
    ];
    const before = tensorCount();
    for (const layer of layers) dispose(layer.call(x));
    const { y, updates } = (layers[3] as BatchNorm).train(x);
    dispose([y, ...updates.values(), maxPool(x, 2), averagePool(x, 2), upsampleNearest(x, 2)]);
    expect(tensorCount()).toBe(before);
  });
});

test("pooling takes tiles, upsampling repeats", async () => {
  await useBackend("cpu");
  tidy(() => {
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 2, 4]);
    expect(Array.from(maxPool(x, 2).dataSync())).toEqual([6, 8]);
    expect(Array.from(averagePool(x, 2).dataSync())).toEqual([3.5, 5.5]);
    const small = tensor([1, 2], [1, 1, 1, 2]);
    expect(Array.from(upsampleNearest(small, 2).dataSync())).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
  });
});

test("bad input is named", async () => {
  await useBackend("cpu");
  const x = uneven([1, 3, 5, 4]);
  expect(() => convolution().call(x)).toThrow("2 channels was given the shape [1, 3, 5, 4]");
  expect(() => transposed().call(x)).toThrow("2 channels was given the shape");
  expect(() => new GroupNorm({ channels: 4, groups: 3 })).toThrow(
    "4 channels can't be cut into 3 equal groups",
  );
  expect(() => new BatchNorm({ channels: 4 }).call(x)).toThrow("4 channels was given the shape");
  expect(() => maxPool(x, 2)).toThrow("multiples of 2");
});

const golden = {
  convolution: [-0.55632305, -0.29711163, -0.61230612, -1.17917633, -0.59720922, -1.04284441],
  transposed: [1.86238515, 0.5483743, 0.63470215, 0.19699624, -0.45189857, 1.50169027],
  group: [1.12318277, 1.05951297, -0.68978906, 1.92996895, -0.14873162, 0.26891735],
  batch: [1.15728426, 1.0912503, -0.72300577, 1.99402761, -0.16185814, 0.27129874],
  mean: [0.00608912, 0.00975661, -0.01001996, -0.00571966],
  variance: [0.94925141, 0.95502758, 0.95554525, 0.94881779],
  evaluated: [1.06317902, 1.01763892, -0.23355816, 1.64023697, 0.15343589, 0.4521614],
};
