import type { PaddedChain } from "./chain.js";
import type { LikelihoodBlock } from "./likelihoods.js";
import { multiplyRow } from "./multiply-row.js";

export interface BackwardSteps {
  readonly chain: PaddedChain;
  readonly block: LikelihoodBlock;
  readonly steps: number;
  /** [steps + 1, width], as the forward recursion left it. */
  readonly alpha: Float64Array;
  /** [steps], as the forward recursion left it. */
  readonly scales: Float64Array;
  /** [width]: β of the last step; becomes β of the step before the first. */
  readonly beta: Float64Array;
  /** [steps, width]: becomes p(state of t | all observations). */
  readonly gamma: Float64Array;
  /** [steps, width]: becomes b_t(j) β_t(j) / c_t. */
  readonly weighted: Float64Array;
}

/**
 * The scaled backward recursion over a few steps, last to first: β_(t-1)(i) = Σ_j a_ij b_t(j) β_t(j) / c_t, so that
 * α_t(i) β_t(i) are the posterior probabilities of the states.
 */
export function backwardSteps(work: BackwardSteps): void {
  const { chain, block, steps, alpha, scales, beta, gamma, weighted } = work;
  const { width, transposed } = chain;
  const { table, rows, start } = block;
  for (let t = steps - 1; t >= 0; t--) {
    const likelihood = rows[start + t]! * width;
    const here = t * width;
    const inverse = 1 / scales[t]!;
    for (let j = 0; j < width; j += 4) {
      const b0 = beta[j]!;
      const b1 = beta[j + 1]!;
      const b2 = beta[j + 2]!;
      const b3 = beta[j + 3]!;
      const at = here + j;
      gamma[at] = alpha[at + width]! * b0;
      gamma[at + 1] = alpha[at + width + 1]! * b1;
      gamma[at + 2] = alpha[at + width + 2]! * b2;
      gamma[at + 3] = alpha[at + width + 3]! * b3;
      weighted[at] = table[likelihood + j]! * b0 * inverse;
      weighted[at + 1] = table[likelihood + j + 1]! * b1 * inverse;
      weighted[at + 2] = table[likelihood + j + 2]! * b2 * inverse;
      weighted[at + 3] = table[likelihood + j + 3]! * b3 * inverse;
    }
    multiplyRow(weighted, here, transposed, width, chain.ones, 0, beta, 0);
  }
}

/**
 * Adds Σ_t α_(t-1)(i) w_t(j) over some steps to `pairs` [width, width]; times a_ij it is the expected number of
 * transitions. `skip` leaves out the first step, which has none before.
 */
export function addPairs(
  pairs: Float64Array,
  { chain: { width }, steps, alpha, weighted }: BackwardSteps,
  skip: boolean,
): void {
  const [from, end] = [skip ? width : 0, steps * width];
  for (let i = 0; i < width; i += 2)
    for (let j = 0; j < width; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let r0 = 0;
      let r1 = 0;
      let r2 = 0;
      let r3 = 0;
      for (let at = from; at < end; at += width) {
        const a = alpha[at + i]!;
        const b = alpha[at + i + 1]!;
        const w0 = weighted[at + j]!;
        const w1 = weighted[at + j + 1]!;
        const w2 = weighted[at + j + 2]!;
        const w3 = weighted[at + j + 3]!;
        s0 += a * w0;
        s1 += a * w1;
        s2 += a * w2;
        s3 += a * w3;
        r0 += b * w0;
        r1 += b * w1;
        r2 += b * w2;
        r3 += b * w3;
      }
      const at = i * width + j;
      pairs[at] = pairs[at]! + s0;
      pairs[at + 1] = pairs[at + 1]! + s1;
      pairs[at + 2] = pairs[at + 2]! + s2;
      pairs[at + 3] = pairs[at + 3]! + s3;
      const next = at + width;
      pairs[next] = pairs[next]! + r0;
      pairs[next + 1] = pairs[next + 1]! + r1;
      pairs[next + 2] = pairs[next + 2]! + r2;
      pairs[next + 3] = pairs[next + 3]! + r3;
    }
}
