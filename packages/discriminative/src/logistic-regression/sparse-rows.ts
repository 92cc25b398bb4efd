/** Rows of which only entries are kept: features that are not 0, in any order. */
export interface SparseRows {
  /** [rows + 1]: where each row's entries begin, and where the last one's end. */
  readonly offsets: Int32Array;
  /** Of each entry. */
  readonly features: Uint16Array | Int32Array;
  /** Of each entry; bytes where all are whole numbers that fit. */
  readonly values: Uint8Array | Float64Array;
}

/** Rows that are taken together, from `first` on and before `last`. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** So much that it stays in the processor's cache while outputs and gradients are computed. */
const [mostEntries, mostRows] = [2 ** 15, 2 ** 10];

/** All rows in blocks, one row at least in each. */
export function blocksOf({ offsets }: SparseRows): readonly Block[] {
  const rows = offsets.length - 1;
  const blocks: Block[] = [];
  for (let first = 0; first < rows;) {
    let last = first + 1;
    while (last < rows && last - first < mostRows && offsets[last + 1]! - offsets[first]! <= mostEntries)
      last++;
    blocks.push({ first, last });
    first = last;
  }
  return blocks;
}
