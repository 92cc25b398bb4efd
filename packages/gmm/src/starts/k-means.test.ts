import { key } from "@gen/core";
import { expect, it } from "vitest";
import { kMeans } from "./k-means.js";
import { blobs } from "../testing/data.js";

it("ends where each row is nearest its own centre and each centre is its rows' mean", () => {
  const x = blobs(key(1), 120, 2);
  const { labels, centres, inertia } = kMeans(x, { columns: 2, components: 4, key: key(2) });
  const distance = (row: number, k: number): number =>
    (x[2 * row]! - centres[2 * k]!) ** 2 + (x[2 * row + 1]! - centres[2 * k + 1]!) ** 2;
  let total = 0;
  labels.forEach((label, row) => {
    for (const k of [0, 1, 2, 3]) expect(distance(row, label)).toBeLessThanOrEqual(distance(row, k));
    total += distance(row, label);
  });
  expect(inertia).toBeCloseTo(total, 9);
  for (const k of [0, 1, 2, 3]) {
    const own = Array.from(labels.keys()).filter((row) => labels[row] === k);
    for (const j of [0, 1])
      expect(own.reduce((sum, row) => sum + x[2 * row + j]!, 0) / own.length).toBeCloseTo(
        centres[2 * k + j]!,
        9,
      );
  }
});

it("bears fewer distinct rows than centres", () => {
  const x = Float64Array.of(1, 1, 1, 2, 2);
  const { inertia, labels } = kMeans(x, { columns: 1, components: 4, key: key(3) });
  expect(inertia).toBe(0);
  expect(new Set(labels).size).toBe(2);
});
