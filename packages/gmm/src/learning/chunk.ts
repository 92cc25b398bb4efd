/** Row-major numbers, missing ones NaN; without weights each row counts 1. */
export interface Numbers {
  readonly x: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** What E steps need of some rows, as plain data. */
export interface Chunk {
  readonly columns: number;
  /** The rows of each class; of data without labels all rows. */
  readonly classes: readonly Numbers[];
}
