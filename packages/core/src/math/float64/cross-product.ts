import { addTile, padded, tileDepth } from "./tile.js";

/** Σᵢ (xᵢ - centre)(xᵢ - centre)ᵀ over the rows of a row-major matrix, exactly symmetric. */
export function centredCrossProduct(
  x: ArrayLike<number>,
  rows: number,
  columns: number,
  centre: ArrayLike<number>,
): Float64Array {
  const width = padded(columns);
  const sum = new Float64Array(width * width);
  const packed = new Float64Array(width * tileDepth);
  for (let start = 0; start < rows; start += tileDepth) {
    const depth = Math.min(tileDepth, rows - start);
    if (depth < tileDepth) packed.fill(0);
    for (let r = 0; r < depth; r++) {
      const from = (start + r) * columns;
      for (let column = 0; column < columns; column++) {
        packed[column * tileDepth + r] = x[from + column]! - centre[column]!;
      }
    }
    for (let i = 0; i < width; i += 2) {
      for (let j = i - (i % 4); j < width; j += 4) addTile(packed, packed, sum, i, j, width);
    }
  }
  const result = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      const value = sum[i * width + j]!;
      result[i * columns + j] = value;
      result[j * columns + i] = value;
    }
  }
  return result;
}

/**
 * XᵀX of a row-major matrix, exactly symmetric.
 *
 * @param x rows × columns
 * @returns columns × columns
 */
export function crossProduct(x: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return centredCrossProduct(x, rows, columns, new Float64Array(columns));
}
