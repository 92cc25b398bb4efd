import type { Rows } from "@gen/core";
import { forwardSteps } from "./chain/forward.js";
import type { Chain } from "./chain/chain.js";
import { logProbsOf } from "./observed.js";
import type { Hmm } from "./model.js";
import { prepare, type Prepared } from "./parameters.js";
import { readSequences } from "./read-sequences.js";
import { scaledRows } from "./scaled-rows.js";

/** Follows one sequence while it grows: p(state | everything so far), in time that does not grow with it. */
export class OnlineFilter {
  private readonly model: Prepared;
  private readonly layout: Hmm["layout"];
  private before: Float64Array;
  private started = false;
  private total = 0;

  /** Of one class's chain as it is now. */
  constructor(model: Hmm, c = 0) {
    this.model = prepare(model.learnings.classes[c]!.parameters);
    // A sequence that still grows has no end yet.
    this.layout = { ...model.layout, hasEnd: false };
    this.before = new Float64Array(this.model.chain.width);
  }

  /** log p(everything so far) in nats. */
  get logLikelihood(): number {
    return this.total;
  }

  /** p(state | everything so far), [states]; before anything was seen that of the first state. */
  get probabilities(): Float64Array {
    const { states, initial } = this.chain;
    return this.started ? this.before.slice(0, states) : initial.slice();
  }

  /** p(next state | everything so far), [states]. */
  get prediction(): Float64Array {
    const { states, initial, transition } = this.chain;
    if (!this.started) return initial.slice();
    return Float64Array.from({ length: states }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < states; i++) sum += this.before[i]! * transition[i * states + j]!;
      return sum;
    });
  }

  /**
   * Takes one more step, or several: a row of the model's space. Gives the probabilities after them; when they are
   * impossible, NaN from then on, with a log-likelihood of -Infinity.
   */
  observe(x: Rows): Float64Array {
    const { chain } = this.model;
    const { states, width } = chain;
    const data = readSequences(this.layout, x);
    const steps = data.offsets[1]!;
    const table = new Float64Array(steps * width);
    logProbsOf(this.model, data, 0, steps, table);
    const logScale = scaledRows(table, steps, states, width);
    const rows = Int32Array.from({ length: steps }, (_, t) => t);
    const alpha = new Float64Array((steps + 1) * width);
    alpha.set(this.before);
    const scales = new Float64Array(steps);
    const failed = forwardSteps({
      chain,
      block: { table, rows, start: 0, logScale },
      steps,
      first: !this.started,
      alpha,
      scales,
    });
    this.started ||= steps > 0;
    if (failed >= 0) {
      this.total = -Infinity;
      this.before = new Float64Array(width).fill(NaN);
    } else {
      this.total += logScale + scales.reduce((sum, scale) => sum + Math.log(scale), 0);
      this.before = alpha.slice(steps * width);
    }
    return this.probabilities;
  }

  private get chain(): Chain {
    return this.model.parameters.chain;
  }
}
