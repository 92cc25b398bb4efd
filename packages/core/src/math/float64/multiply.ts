import { addTile, padded, tileDepth } from "./tile.js";

/**
 * The product A B of row-major matrices, in tiles that stay in registers and in the first cache.
 *
 * @param a n × k
 * @param b k × m
 * @returns n × m
 */
export function multiply(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  n: number,
  k: number,
  m: number,
): Float64Array {
  const [rows, columns] = [padded(n), padded(m)];
  const sum = new Float64Array(rows * columns);
  const packedA = new Float64Array(rows * tileDepth);
  const packedB = new Float64Array(columns * tileDepth);
  for (let start = 0; start < k; start += tileDepth) {
    const depth = Math.min(tileDepth, k - start);
    if (depth < tileDepth) {
      packedA.fill(0);
      packedB.fill(0);
    }
    for (let r = 0; r < depth; r++) {
      for (let i = 0; i < n; i++) packedA[i * tileDepth + r] = a[i * k + start + r]!;
      for (let j = 0; j < m; j++) packedB[j * tileDepth + r] = b[(start + r) * m + j]!;
    }
    for (let i = 0; i < rows; i += 2) {
      for (let j = 0; j < columns; j += 4) addTile(packedA, packedB, sum, i, j, columns);
    }
  }
  return columns === m
    ? sum.slice(0, n * m)
    : Float64Array.from({ length: n * m }, (_, index) => sum[Math.floor(index / m) * columns + (index % m)]!);
}
