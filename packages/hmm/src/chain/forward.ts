import type { PaddedChain } from "./chain.js";
import type { LikelihoodBlock } from "./likelihoods.js";
import { multiplyRow } from "./multiply-row.js";

/** Sums logarithms of many positive numbers as the logarithm of their product, taken before it leaves float64. */
export class LogProduct {
  private total = 0;
  private product = 1;

  multiply(factor: number): void {
    if (!(factor > 1e-150 && factor < 1e150)) this.total += Math.log(factor);
    else {
      this.product *= factor;
      if (!(this.product > 1e-150 && this.product < 1e150)) {
        this.total += Math.log(this.product);
        this.product = 1;
      }
    }
  }

  add(logarithm: number): void {
    this.total += logarithm;
  }

  get value(): number {
    return this.total + Math.log(this.product);
  }
}

export interface ForwardSteps {
  readonly chain: PaddedChain;
  readonly block: LikelihoodBlock;
  /** How many steps. */
  readonly steps: number;
  /** Whether the sequence begins with them. */
  readonly first: boolean;
  /** [steps + 1, width]: row 0 holds the step before, row t + 1 becomes p(state of t | observations up to t). */
  readonly alpha: Float64Array;
  /** [steps]: becomes p(observation of t | observations before), up to the likelihoods' factors. */
  readonly scales: Float64Array;
}

/** Steps after which the sum is scaled to 1. */
const together = 4;

/**
 * The scaled forward recursion over a few steps: α_t(j) ∝ b_t(j) Σ_i α_(t-1)(i) a_ij. It is scaled to the sum 1 at every
 * fourth step and the last; where numbers become too small for that, at every step. Gives the first step whose
 * likelihood is 0 or too small for float64, or -1.
 * Source: A tutorial on hidden Markov models and selected applications in speech recognition (Rabiner, 1989).
 */
export function forwardSteps(work: ForwardSteps): number {
  const { steps, scales } = work;
  for (let from = 0; from < steps; from += together) {
    const to = Math.min(steps, from + together);
    for (let t = from; t < to; t++) {
      advance(work, t);
      scales[t] = 1;
    }
    // A smaller sum has lost digits to underflow.
    if (scaled(work, to - 1, 1e-150)) continue;
    for (let t = from; t < to; t++) {
      advance(work, t);
      // Of a sum that is smaller still the inverse is infinite.
      if (!scaled(work, t, 1e-290)) return t;
    }
  }
  return -1;
}

/** α of a step from that of the step before, not scaled. */
function advance({ chain, block, first, alpha }: ForwardSteps, t: number): void {
  const { width, transition, initial } = chain;
  const { table, rows, start } = block;
  const before = t * width;
  const likelihood = rows[start + t]! * width;
  if (first && t === 0)
    for (let j = 0; j < width; j++) alpha[width + j] = initial[j]! * table[likelihood + j]!;
  else multiplyRow(alpha, before, transition, width, table, likelihood, alpha, before + width);
}

/** Scales α of a step to the sum 1 and keeps the sum; false, with nothing done, when it is not above `least`. */
function scaled({ chain: { width }, alpha, scales }: ForwardSteps, t: number, least: number): boolean {
  const here = (t + 1) * width;
  let total = 0;
  for (let j = here; j < here + width; j++) total += alpha[j]!;
  if (!(total > least)) return false;
  scales[t] = total;
  const inverse = 1 / total;
  for (let j = here; j < here + width; j++) alpha[j] = alpha[j]! * inverse;
  return true;
}
