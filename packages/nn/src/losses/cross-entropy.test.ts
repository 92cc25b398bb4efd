import { grad, square, sum, tensor, tidy, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { firstOrderError, secondOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import { softmaxCrossEntropy } from "./cross-entropy.js";

const labelsOf = (labels: number[]): Tensor => tensor(labels, [labels.length], "int32");

describe.each(["cpu", "wasm"] as const)("softmax cross-entropy on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  // torch 1.13, float64: torch.nn.functional.cross_entropy(logits, labels, reduction="none")
  test("agrees with PyTorch", () => {
    const logits = tensor([1, 2, -1, 0, 50, -50, 3, 3, 3], [3, 3]);
    const golden = [3.349012216768186, 50, 1.0986122886681098];
    expect(distance(softmaxCrossEntropy(logits, labelsOf([2, 0, 1])).dataSync(), golden)).toBeLessThan(4e-6);
  });

  test("derivatives of first and second order agree with differences", () => {
    const logits = uneven([3, 4], 2);
    const labels = labelsOf([3, 0, 3]);
    expect(firstOrderError(() => softmaxCrossEntropy(logits, labels), [logits])).toBeLessThan(1e-3);
    expect(secondOrderError(() => softmaxCrossEntropy(logits, labels), [logits])).toBeLessThan(1e-3);
  });

  test("logits far apart and impossible levels give no NaN", () => {
    const logits = tensor([1e4, -1e4, -Infinity, 0, 0, -Infinity], [2, 3]);
    expect([...softmaxCrossEntropy(logits, labelsOf([1, 2])).dataSync()]).toEqual([2e4, Infinity]);
    const slope = grad((x) => sum(softmaxCrossEntropy(x, labelsOf([1, 0]))))(logits).dataSync();
    expect([...slope]).toEqual([1, -1, 0, -0.5, 0.5, 0]);
  });

  test("holds no memory: alone, under a gradient, under two", () => {
    const logits = uneven([2, 3]);
    const labels = labelsOf([1, 2]);
    const loss = (x: Tensor): Scalar => sum(softmaxCrossEntropy(x, labels));
    const before = tensorCount();
    softmaxCrossEntropy(logits, labels).dispose();
    grad(loss)(logits).dispose();
    grad((x: Tensor) => sum(square(grad(loss)(x))))(logits).dispose();
    expect(tensorCount()).toBe(before);
  });
});

test("rows × levels beyond 2^24 places find their own level", async () => {
  // The faster back end, because the table is big.
  await useBackend("wasm");
  const [rows, levels] = [5, 2 ** 22 + 2];
  const logits = new Float32Array(rows * levels);
  const labels = [1, 1, 1, 1, 1];
  labels.forEach((label, row) => (logits[row * levels + label] = 50));
  const loss = tidy(() => softmaxCrossEntropy(tensor(logits, [rows, levels]), labelsOf(labels)).dataSync());
  expect(Math.max(...loss)).toBeLessThan(1e-5);
});
