import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals } from "@gen/core/random";
import { range, reshape, tensor, tidy, tile } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { likelihoodOf } from "./likelihood.js";

beforeAll(() => useBackend("cpu"));

it.each([
  ["bernoulli", 2, "softmax", 1],
  ["softmax of 5 levels", 5, "softmax", 5],
  ["softmax of 256 levels", 256, "softmax", 256],
  ["logistic mixture of 3 levels", 3, "logistic", 9],
  ["logistic mixture of 256 levels", 256, "logistic", 9],
] as const)("%s is one distribution, of total 1", (_, levels, likelihood, numbers) => {
  const pixel = likelihoodOf(levels, { likelihood, components: 3 });
  expect(pixel.numbers).toBe(numbers);
  tidy(() => {
    const given = tensor(normals(key(1), numbers), [1, numbers]);
    const [logits] = [pixel.distribution(given).logits.dataSync()];
    const all = pixel.logProb(
      reshape(tile(given, [levels, 1]), [1, levels, numbers]),
      reshape(range(0, levels, 1, "int32"), [1, levels]),
    );
    expect(all.shape).toEqual([1, levels]);
    const logProbs = all.dataSync();
    let total = 0;
    logProbs.forEach((logProb, level) => {
      expect(Math.abs(logProb - logits[level]!)).toBeLessThan(1e-4);
      total += Math.exp(logProb);
    });
    expect(total).toBeCloseTo(1, 5);
  });
});
