import type { NumericArray } from "@gen/core";

/** A number of an array with the fewest digits that give the array's number back. */
export function shortest(data: NumericArray, index: number): number {
  const value = data[index]!;
  if (!(data instanceof Float32Array) || !Number.isFinite(value)) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
