import { addPairs, backwardSteps } from "./backward.js";
import type { PaddedChain } from "./chain.js";
import { forwardSteps, LogProduct } from "./forward.js";
import type { Likelihoods } from "./likelihoods.js";

/** Steps that are looked at together: their arrays stay in the processor's cache. */
export const blockSteps = 512;
/** Numbers that are kept of the forward recursion; of longer sequences it is done again, block by block. */
const mostKept = 2 ** 22;

/** Takes the posterior probabilities [to - from, width] of some steps; valid during the call. */
export type GammaSink = (from: number, to: number, gamma: Float64Array) => void;

let kept = { alpha: new Float64Array(0), scales: new Float64Array(0) };

/** Arrays of at least so many numbers, used again by every sequence: fresh memory costs more than the recursion. */
function room(alpha: number, scales: number): [Float64Array, Float64Array] {
  if (kept.alpha.length < alpha || kept.scales.length < scales)
    kept = {
      alpha: new Float64Array(Math.max(alpha, kept.alpha.length)),
      scales: new Float64Array(Math.max(scales, kept.scales.length)),
    };
  return [kept.alpha, kept.scales];
}

/** The forward recursion of one sequence in blocks, of which the last step is kept, or all where memory allows: until the next one begins. */
export class Forward {
  readonly logLikelihood: number;
  private readonly chain: PaddedChain;
  private readonly likelihoods: Likelihoods;
  private readonly borders: Float64Array;
  private readonly alpha: Float64Array | undefined;
  private readonly scales: Float64Array | undefined;

  constructor(chain: PaddedChain, likelihoods: Likelihoods) {
    const { length } = likelihoods;
    const { width } = chain;
    this.chain = chain;
    this.likelihoods = likelihoods;
    const blocks = Math.ceil(length / blockSteps);
    this.borders = new Float64Array((blocks + 1) * width);
    if ((length + 1) * width <= mostKept) {
      [this.alpha, this.scales] = room((length + 1) * width, length);
    }
    const sum = new LogProduct();
    const scratch = this.alpha ? undefined : this.scratch();
    for (let b = 0; b < blocks; b++) {
      const [from, to] = [b * blockSteps, Math.min(length, (b + 1) * blockSteps)];
      const { alpha, scales, logScale, failed } = this.run(from, to, scratch);
      if (failed) {
        this.logLikelihood = -Infinity;
        return;
      }
      for (let t = 0; t < to - from; t++) if (scales[t] !== 1) sum.multiply(scales[t]!);
      sum.add(logScale);
      this.borders.set(alpha.subarray((to - from) * width, (to - from + 1) * width), (b + 1) * width);
    }
    this.logLikelihood = sum.value;
  }

  /** Filtered probabilities and scales of a block: kept, or computed again in the scratch space. */
  again(from: number, to: number, scratch: Scratch | undefined): Filtered {
    if (this.alpha === undefined) return this.run(from, to, scratch);
    const { width } = this.chain;
    return {
      alpha: this.alpha.subarray(from * width, (to + 1) * width),
      scales: this.scales!.subarray(from, to),
    };
  }

  get keepsAll(): boolean {
    return this.alpha !== undefined;
  }

  scratch(): Scratch {
    const { width } = this.chain;
    return {
      alpha: new Float64Array((blockSteps + 1) * width),
      scales: new Float64Array(blockSteps),
    };
  }

  private run(
    from: number,
    to: number,
    scratch: Scratch | undefined,
  ): Filtered & { readonly logScale: number; readonly failed: boolean } {
    const { width } = this.chain;
    const alpha = this.alpha?.subarray(from * width, (to + 1) * width) ?? scratch!.alpha;
    const scales = this.scales?.subarray(from, to) ?? scratch!.scales;
    const border = (from / blockSteps) * width;
    alpha.set(this.borders.subarray(border, border + width));
    const block = this.likelihoods.block(from, to);
    const at = forwardSteps({
      chain: this.chain,
      block,
      steps: to - from,
      first: from === 0,
      alpha,
      scales,
    });
    return { alpha, scales, logScale: block.logScale, failed: at >= 0 };
  }
}

interface Filtered {
  readonly alpha: Float64Array;
  readonly scales: Float64Array;
}
type Scratch = Filtered;

/**
 * The scaled forward-backward recursions over one sequence: gives log p(x) in nats, tells `sink` the posteriors of
 * the states block by block from the last to the first, and adds the pairs' sums to `pairs`. -Infinity, with nothing
 * told, where float64 does not hold the likelihoods: the recursions in logarithms then decide.
 */
export function smooth(
  chain: PaddedChain,
  likelihoods: Likelihoods,
  sink: GammaSink,
  pairs?: Float64Array,
): number {
  const { length } = likelihoods;
  const { width } = chain;
  const forward = new Forward(chain, likelihoods);
  if (forward.logLikelihood === -Infinity) return -Infinity;
  const most = Math.min(length, blockSteps);
  const gamma = new Float64Array(most * width);
  const weighted = new Float64Array(most * width);
  const beta = new Float64Array(width).fill(1);
  const scratch = forward.keepsAll ? undefined : forward.scratch();
  for (let from = blockSteps * (Math.ceil(length / blockSteps) - 1); from >= 0; from -= blockSteps) {
    const to = Math.min(length, from + blockSteps);
    const { alpha, scales } = forward.again(from, to, scratch);
    const block = likelihoods.block(from, to);
    const work = { chain, block, steps: to - from, alpha, scales, beta, gamma, weighted };
    backwardSteps(work);
    if (pairs) addPairs(pairs, work, from === 0);
    sink(from, to, gamma);
  }
  return forward.logLikelihood;
}
