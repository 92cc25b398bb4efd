import { key } from "@gen/core";
import { expect, it } from "vitest";
import { startFromClusters } from "./start.js";
import { blobs } from "../testing/data.js";

const columns = 2;
const components = 8;
const ones = new Float64Array(columns).fill(1);

/** Σ squared distance to the nearest mean. */
function inertia(x: Float64Array, means: Float64Array): number {
  let total = 0;
  for (let row = 0; row < x.length; row += columns) {
    let nearest = Infinity;
    for (let at = 0; at < means.length; at += columns)
      nearest = Math.min(nearest, (x[row]! - means[at]!) ** 2 + (x[row + 1]! - means[at + 1]!) ** 2);
    total += nearest;
  }
  return total;
}

it("takes the tightest of several k-means starts, the first among them", () => {
  const x = blobs(key(1), 300, columns, components);
  const start = (restarts: number, seed: number): number => {
    const { means } = startFromClusters(x, {
      type: "full",
      components,
      columns,
      restarts,
      scale: ones,
      floor: ones,
      key: key(seed),
    });
    return inertia(x, means);
  };
  const gains = [1, 2, 3, 4].map((seed) => start(1, seed) - start(10, seed));
  for (const gain of gains) expect(gain).toBeGreaterThanOrEqual(-1e-9);
  expect(Math.max(...gains)).toBeGreaterThan(1);
});
