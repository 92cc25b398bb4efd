import type { PaddedChain } from "./chain.js";
import type { LikelihoodBlock } from "./likelihoods.js";

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

/**
 * The scaled forward recursion over a few steps: α_t(j) ∝ b_t(j) Σ_i α_(t-1)(i) a_ij. Gives the first step whose
 * likelihood is 0 or too small for float64, or -1.
 * Source: A tutorial on hidden Markov models and selected applications in speech recognition (Rabiner, 1989).
 */
export function forwardSteps({ chain, block, steps, first, alpha, scales }: ForwardSteps): number {
  const { width, transition, initial } = chain;
  const { table, rows, start } = block;
  for (let t = 0; t < steps; t++) {
    const before = t * width;
    const here = before + width;
    if (first && t === 0) alpha.set(initial, here);
    else predict(alpha, before, transition, width);
    const likelihood = rows[start + t]! * width;
    let total = 0;
    for (let j = 0; j < width; j++) {
      const joint = alpha[here + j]! * table[likelihood + j]!;
      alpha[here + j] = joint;
      total += joint;
    }
    // A smaller sum has lost digits to underflow, and its inverse is infinite.
    if (!(total > 1e-290)) return t;
    scales[t] = total;
    const inverse = 1 / total;
    for (let j = here; j < here + width; j++) alpha[j] = alpha[j]! * inverse;
  }
  return -1;
}

/** Row `at` of α times the transition matrix becomes the row after it. */
function predict(alpha: Float64Array, at: number, transition: Float64Array, width: number): void {
  const here = at + width;
  for (let j = 0; j < width; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = at, from = j; i < here; i++, from += width) {
      const a = alpha[i]!;
      s0 += a * transition[from]!;
      s1 += a * transition[from + 1]!;
      s2 += a * transition[from + 2]!;
      s3 += a * transition[from + 3]!;
    }
    alpha[here + j] = s0;
    alpha[here + j + 1] = s1;
    alpha[here + j + 2] = s2;
    alpha[here + j + 3] = s3;
  }
}
