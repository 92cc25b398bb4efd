import { key } from "@gen/core";
import { normals64, permutation } from "@gen/core/random";
import { expect, test } from "vitest";
import { gaussianKernels, medianDistance, squaredDiscrepancy } from "./mmd.js";

const halves = (half: number): Uint8Array =>
  Uint8Array.from({ length: 2 * half }, (_, i) => Number(i < half));

test("is the mean kernel within the halves less that between them", () => {
  // Distances on a line: within 1 and 2; between 10, 12, 9, 11.
  const points = Float64Array.of(0, 0, 1, 0, 10, 0, 12, 0);
  const k = (distance: number): number => Math.exp(-(distance ** 2) / (2 * 5 ** 2));
  const between = (k(10) + k(12) + k(9) + k(11)) / 4;
  expect(squaredDiscrepancy(gaussianKernels(points, 5), halves(2))).toBeCloseTo(
    k(1) + k(2) - 2 * between,
    12,
  );
});

test("is that of two Gaussians in closed form", () => {
  const [half, bandwidth, shift] = [2000, 1.5, 0.8];
  const points = normals64(key(1), 4 * half).map(
    (value, i) => value + (i >= 2 * half && i % 2 === 0 ? shift : 0),
  );
  const variance = bandwidth ** 2 + 2;
  const exact = 2 * (bandwidth ** 2 / variance) * (1 - Math.exp(-(shift ** 2) / (2 * variance)));
  const found = squaredDiscrepancy(gaussianKernels(points, bandwidth), halves(half));
  // About four standard errors.
  expect(Math.abs(found - exact)).toBeLessThan(0.02);
});

test("is 0 on average over the halves of one sample", () => {
  const kernels = gaussianKernels(normals64(key(2), 400), 1);
  const found = Array.from({ length: 200 }, (_, split) => {
    const isFirst = halves(100);
    return squaredDiscrepancy(
      kernels,
      Uint8Array.from(permutation(key(3).fold(split), 200), (i) => isFirst[i]!),
    );
  });
  const mean = found.reduce((a, b) => a + b, 0) / found.length;
  const deviation = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / found.length);
  expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(found.length));
});

test("takes the median of the distances as bandwidth", () => {
  expect(medianDistance(Float64Array.of(0, 0, 3, 4, 0, 1))).toBeCloseTo(Math.hypot(3, 3), 12);
});
