import type { NumericArray } from "@gen/core";

/** Rows that are looked at together, so that a block of them stays in the processor's cache. */
const blockRows = 256;

/** Rows `first` to `last` (exclusive) of a column of `size` numbers each. */
export interface Block {
  readonly first: number;
  readonly last: number;
  /** Their numbers in float64: lent until the next block. */
  readonly values: Float64Array;
}

/** A column block by block, in float64. */
export function* blocksOf(data: NumericArray, size: number): Generator<Block, void, undefined> {
  const rows = data.length / size;
  const scratch =
    data instanceof Float64Array ? undefined : new Float64Array(Math.min(rows, blockRows) * size);
  for (let first = 0; first < rows; first += blockRows) {
    const last = Math.min(rows, first + blockRows);
    const part = data.subarray(first * size, last * size);
    if (scratch) scratch.set(part);
    yield { first, last, values: scratch ?? (part as Float64Array) };
  }
}
