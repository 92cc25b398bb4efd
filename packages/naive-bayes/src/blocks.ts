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

/** How many numbers a block has at most, of rows of so many numbers each. */
export const blockSize = (data: NumericArray, size: number): number =>
  Math.min(data.length, blockRows * size);

/** A column block by block, in float64: written to an array where one is given. */
export function* blocksOf(
  data: NumericArray,
  size: number,
  given?: Float64Array,
): Generator<Block, void, undefined> {
  const rows = data.length / size;
  const isPlain = data instanceof Float64Array && given === undefined;
  const scratch = isPlain ? undefined : (given ?? new Float64Array(blockSize(data, size)));
  for (let first = 0; first < rows; first += blockRows) {
    const last = Math.min(rows, first + blockRows);
    const part = data.subarray(first * size, last * size);
    if (scratch) scratch.set(part);
    yield { first, last, values: scratch ?? (part as Float64Array) };
  }
}
