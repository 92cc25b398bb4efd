import type { Key } from "@gen/core";
import { uniforms64 } from "@gen/core/random";
import { drawn } from "./chain/sample-path.js";

/** Sweeps over the points; a start needs no more. */
const sweeps = 15;

/**
 * The cluster of each point [points, columns], from a k-means++ start.
 * Source: k-means++: the advantages of careful seeding (Arthur & Vassilvitskii, 2007).
 */
export function clusters(points: Float64Array, columns: number, count: number, key: Key): Int32Array {
  const rows = points.length / columns;
  const centres = seeds(points, columns, count, key);
  const nearest = new Int32Array(rows);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const sums = new Float64Array(count * columns);
    const sizes = new Float64Array(count);
    for (let row = 0; row < rows; row++) {
      let [best, distance] = [0, Infinity];
      for (let c = 0; c < count; c++) {
        const own = squaredDistance(points, row * columns, centres, c * columns, columns);
        if (own < distance) [best, distance] = [c, own];
      }
      nearest[row] = best;
      sizes[best] = sizes[best]! + 1;
      for (let j = 0; j < columns; j++)
        sums[best * columns + j] = sums[best * columns + j]! + points[row * columns + j]!;
    }
    // An empty cluster keeps its centre.
    sums.forEach((sum, i) => {
      const size = sizes[Math.floor(i / columns)]!;
      if (size > 0) centres[i] = sum / size;
    });
  }
  return nearest;
}

function seeds(points: Float64Array, columns: number, count: number, key: Key): Float64Array {
  const rows = points.length / columns;
  const uniform = uniforms64(key, count);
  const centres = new Float64Array(count * columns);
  const distances = new Float64Array(rows).fill(1);
  for (let c = 0; c < count; c++) {
    const row = drawn(distances, uniform[c]!);
    centres.set(points.subarray(row * columns, (row + 1) * columns), c * columns);
    for (let other = 0; other < rows; other++) {
      const own = squaredDistance(points, other * columns, centres, c * columns, columns);
      distances[other] = c === 0 ? own : Math.min(distances[other]!, own);
    }
  }
  return centres;
}

function squaredDistance(
  a: Float64Array,
  from: number,
  b: Float64Array,
  to: number,
  columns: number,
): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += (a[from + j]! - b[to + j]!) ** 2;
  return sum;
}
