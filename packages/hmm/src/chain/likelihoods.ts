/**
 * Likelihoods of some steps of one sequence: step t's are the row `rows[start + t]` of a table [rows, width], up to a
 * factor of each step's own; `logScale` is the sum of the factors' logarithms.
 */
export interface LikelihoodBlock {
  readonly table: Float64Array;
  readonly rows: Int32Array;
  readonly start: number;
  readonly logScale: number;
}

/** What a sequence's observations say of the hidden states. */
export interface Likelihoods {
  /** Steps in the sequence. */
  readonly length: number;
  /** Likelihoods of the steps from `from` up to but without `to`; valid until the next call. */
  block(from: number, to: number): LikelihoodBlock;
}
