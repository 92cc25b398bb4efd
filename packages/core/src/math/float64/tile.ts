/** Length of the inner sums; tiles of the operands then stay in the first cache. */
export const tileDepth = 64;

/** The next multiple of four. */
export const padded = (size: number): number => Math.ceil(size / 4) * 4;

/**
 * Adds the products of packed rows to a tile of two by four: c[i, j] += Σ_r a[i, r] b[j, r], each row of a and b being
 * `tileDepth` long. Eight sums in registers share six reads.
 */
export function addTile(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  i: number,
  j: number,
  columns: number,
): void {
  const a0 = i * tileDepth;
  const a1 = a0 + tileDepth;
  const b0 = j * tileDepth;
  const b1 = b0 + tileDepth;
  const b2 = b1 + tileDepth;
  const b3 = b2 + tileDepth;
  let [c00, c01, c02, c03] = [0, 0, 0, 0];
  let [c10, c11, c12, c13] = [0, 0, 0, 0];
  for (let r = 0; r < tileDepth; r++) {
    const x0 = a[a0 + r]!;
    const x1 = a[a1 + r]!;
    const y0 = b[b0 + r]!;
    const y1 = b[b1 + r]!;
    const y2 = b[b2 + r]!;
    const y3 = b[b3 + r]!;
    c00 += x0 * y0;
    c01 += x0 * y1;
    c02 += x0 * y2;
    c03 += x0 * y3;
    c10 += x1 * y0;
    c11 += x1 * y1;
    c12 += x1 * y2;
    c13 += x1 * y3;
  }
  const upper = i * columns + j;
  const lower = upper + columns;
  c[upper]! += c00;
  c[upper + 1]! += c01;
  c[upper + 2]! += c02;
  c[upper + 3]! += c03;
  c[lower]! += c10;
  c[lower + 1]! += c11;
  c[lower + 2]! += c12;
  c[lower + 3]! += c13;
}
