import { uniforms64, type Key } from "@gen/core/random";

/** Rows assigned to the nearest of `components` centres. */
export interface Clustering {
  readonly labels: Int32Array;
  readonly centres: Float64Array;
  /** Σ weight · squared distance to the nearest centre. */
  readonly inertia: number;
}

export interface KMeansOptions {
  readonly columns: number;
  readonly components: number;
  /** How much each row counts; 1 without. */
  readonly weights?: Float64Array | undefined;
  readonly key: Key;
  readonly iterations?: number;
}

function squaredDistance(x: Float64Array, i: number, y: Float64Array, j: number, d: number): number {
  let total = 0;
  for (let c = 0; c < d; c++) {
    const difference = x[i * d + c]! - y[j * d + c]!;
    total += difference * difference;
  }
  return total;
}

/**
 * k-means++ seeding: each centre is drawn in proportion to the rows' weights and their squared distance from those
 * before (k-means++: the advantages of careful seeding, Arthur & Vassilvitskii, 2007).
 */
export function seed(x: Float64Array, { columns: d, components, weights, key }: KMeansOptions): Float64Array {
  const rows = x.length / d;
  const centres = new Float64Array(components * d);
  const draws = uniforms64(key, components);
  const distances = new Float64Array(rows).fill(1);
  const mass = weights?.slice() ?? new Float64Array(rows).fill(1);
  for (let k = 0; k < components; k++) {
    const total = mass.reduce((sum, v) => sum + v, 0);
    let left = draws[k]! * total;
    // All rows coincide with a centre: any row will do.
    let row = total > 0 ? 0 : Math.floor(draws[k]! * rows);
    if (total > 0) while (row < rows - 1 && (left -= mass[row]!) >= 0) row++;
    centres.set(x.subarray(row * d, (row + 1) * d), k * d);
    for (let i = 0; i < rows; i++) {
      const distance = squaredDistance(x, i, centres, k, d);
      distances[i] = k === 0 ? distance : Math.min(distances[i]!, distance);
      mass[i] = distances[i]! * (weights?.[i] ?? 1);
    }
  }
  return centres;
}

/** The nearest centre of each row. */
export function nearest(
  x: Float64Array,
  centres: Float64Array,
  d: number,
  weights?: Float64Array,
): { readonly labels: Int32Array; readonly inertia: number } {
  const labels = new Int32Array(x.length / d);
  let inertia = 0;
  for (let i = 0; i < labels.length; i++) {
    let best = Infinity;
    for (let k = 0; k < centres.length / d; k++) {
      const distance = squaredDistance(x, i, centres, k, d);
      if (distance < best) {
        best = distance;
        labels[i] = k;
      }
    }
    inertia += weights === undefined ? best : weights[i]! * best;
  }
  return { labels, inertia };
}

/** Lloyd's algorithm from a k-means++ start, until no row moves. An empty cluster keeps its centre. */
export function kMeans(x: Float64Array, options: KMeansOptions): Clustering {
  const { columns: d, components, weights, iterations = 100 } = options;
  const centres = seed(x, options);
  let { labels, inertia } = nearest(x, centres, d, weights);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const sums = new Float64Array(components * d);
    const counts = new Float64Array(components);
    labels.forEach((k, i) => {
      const weight = weights === undefined ? 1 : weights[i]!;
      counts[k]! += weight;
      for (let c = 0; c < d; c++) sums[k * d + c]! += weight * x[i * d + c]!;
    });
    for (let k = 0; k < components; k++)
      if (counts[k]! > 0) for (let c = 0; c < d; c++) centres[k * d + c] = sums[k * d + c]! / counts[k]!;
    const next = nearest(x, centres, d, weights);
    const moved = next.labels.some((label, i) => label !== labels[i]);
    ({ labels, inertia } = next);
    if (!moved) break;
  }
  return { labels, centres, inertia };
}
