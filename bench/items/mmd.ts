/**
 * The kernels exp(-|x - y|² / (2 bandwidth²)) of all pairs of points of the plane [count, 2], row-major: those of point
 * i with the points before it from i (i - 1) / 2 on.
 */
export function gaussianKernels(points: Float64Array, bandwidth: number): Float64Array {
  const factor = -1 / (2 * bandwidth ** 2);
  return ofPairs(points, (squared) => Math.exp(factor * squared));
}

/** The median distance of pairs of points of the plane [count, 2]: the usual bandwidth. */
export function medianDistance(points: Float64Array): number {
  const squared = ofPairs(points, (value) => value).sort();
  return Math.sqrt(squared[squared.length >> 1]!);
}

function ofPairs(points: Float64Array, f: (squaredDistance: number) => number): Float64Array {
  const count = points.length / 2;
  const values = new Float64Array((count * (count - 1)) / 2);
  let at = 0;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const [across, up] = [points[2 * i]! - points[2 * j]!, points[2 * i + 1]! - points[2 * j + 1]!];
      values[at++] = f(across * across + up * up);
    }
  return values;
}

/**
 * The squared maximum mean discrepancy between two halves of a pool, unbiased, so that it may be below 0: the mean
 * kernel within the halves, for both, less twice that between them. `kernels` are those of all pairs of the pool, and
 * `isFirst` is 1 for one half and 0 for the other. Source: A kernel two-sample test (Gretton, Borgwardt, Rasch,
 * Schölkopf & Smola, 2012), lemma 6.
 */
export function squaredDiscrepancy(kernels: Float64Array, isFirst: Uint8Array): number {
  const half = isFirst.length / 2;
  let [within, between, at] = [0, 0, 0];
  for (let i = 0; i < isFirst.length; i++) {
    let [first, second] = [0, 0];
    for (let j = 0; j < i; j++, at++) {
      if (isFirst[j] === 1) first += kernels[at]!;
      else second += kernels[at]!;
    }
    within += isFirst[i] === 1 ? first : second;
    between += isFirst[i] === 1 ? second : first;
  }
  return (2 * within) / (half * (half - 1)) - (2 * between) / half ** 2;
}
