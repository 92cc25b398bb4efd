/**
 * A row of numbers times a square matrix, and that times factors element by element. The row is read four numbers at a time, and each product's terms are added in
 * pairs, so that sums don't wait for each other.
 *
 * @param width of the row and the matrix, a multiple of four
 */
export function multiplyRow(
  from: Float64Array,
  at: number,
  matrix: Float64Array,
  width: number,
  factors: Float64Array,
  first: number,
  into: Float64Array,
  place: number,
): void {
  if (width === 8) {
    multiplyEight(from, at, matrix, factors, first, into, place);
    return;
  }
  for (let j = 0; j < width; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = at, row = j; i < at + width; i++, row += width) {
      const a = from[i]!;
      s0 += a * matrix[row]!;
      s1 += a * matrix[row + 1]!;
      s2 += a * matrix[row + 2]!;
      s3 += a * matrix[row + 3]!;
    }
    into[place + j] = s0 * factors[first + j]!;
    into[place + j + 1] = s1 * factors[first + j + 1]!;
    into[place + j + 2] = s2 * factors[first + j + 2]!;
    into[place + j + 3] = s3 * factors[first + j + 3]!;
  }
}

/** `multiplyRow` of eight numbers. */
function multiplyEight(
  from: Float64Array,
  at: number,
  matrix: Float64Array,
  factors: Float64Array,
  first: number,
  into: Float64Array,
  place: number,
): void {
  const a0 = from[at]!;
  const a1 = from[at + 1]!;
  const a2 = from[at + 2]!;
  const a3 = from[at + 3]!;
  const a4 = from[at + 4]!;
  const a5 = from[at + 5]!;
  const a6 = from[at + 6]!;
  const a7 = from[at + 7]!;
  for (let j = 0; j < 8; j++) {
    const low = a0 * matrix[j]! + a1 * matrix[j + 8]! + (a2 * matrix[j + 16]! + a3 * matrix[j + 24]!);
    const high = a4 * matrix[j + 32]! + a5 * matrix[j + 40]! + (a6 * matrix[j + 48]! + a7 * matrix[j + 56]!);
    into[place + j] = (low + high) * factors[first + j]!;
  }
}
