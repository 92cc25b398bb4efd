import { dirichletLogPrior, dirichletMode } from "./dirichlet.js";
import type { CategoricalParameters, Emission, EmissionPrior, Statistics, Track } from "./types.js";

/** States that emit one of so many levels. */
export class CategoricalEmission implements Emission {
  private readonly parameters: CategoricalParameters;
  private readonly states: number;
  private readonly logs: Float64Array;

  constructor(parameters: CategoricalParameters, states: number) {
    this.parameters = parameters;
    this.states = states;
    this.logs = parameters.probabilities.map(Math.log);
  }

  /** p(level | state) as [levels + 1, width], with a last row of ones for what is missing. */
  table(width: number): Float64Array {
    const { levels, probabilities } = this.parameters;
    const table = new Float64Array((levels + 1) * width);
    for (let k = 0; k < this.states; k++) {
      for (let level = 0; level < levels; level++)
        table[level * width + k] = probabilities[k * levels + level]!;
      table[levels * width + k] = 1;
    }
    return table;
  }

  addLogProbs(track: Track, from: number, to: number, into: Float64Array, width: number): void {
    const { states, logs } = this;
    const { levels } = this.parameters;
    for (let t = from, at = 0; t < to; t++, at += width) {
      const level = track.data[t]!;
      if (level < 0) continue;
      for (let k = 0; k < states; k++) into[at + k] = into[at + k]! + logs[k * levels + level]!;
    }
  }

  /** Expected counts, [levels, states]. */
  empty(): Statistics {
    return [new Float64Array(this.logs.length)];
  }

  collect(
    track: Track,
    { from, to }: { readonly from: number; readonly to: number },
    gamma: Float64Array,
    width: number,
    [counts]: Statistics,
  ): void {
    addCounts(counts!, this.states, (track.data as Int32Array).subarray(from, to), gamma, width);
  }

  maximised([counts]: Statistics, prior: EmissionPrior): CategoricalParameters {
    const { levels, probabilities } = this.parameters;
    const { states } = this;
    const byState = counts!.map((_, at) => counts![(at % levels) * states + Math.floor(at / levels)]!);
    return {
      ...this.parameters,
      probabilities: dirichletMode(probabilities, byState, levels, prior.counts),
    };
  }

  logPrior(prior: EmissionPrior): number {
    return dirichletLogPrior(this.parameters.probabilities, prior.counts);
  }
}

/** Adds each step's probabilities of the states to the counts [levels, states] of its level. */
function addCounts(
  counts: Float64Array,
  states: number,
  symbols: Int32Array,
  gamma: Float64Array,
  width: number,
): void {
  const inFours = states - (states % 4);
  for (let t = 0, at = 0; t < symbols.length; t++, at += width) {
    const level = symbols[t]!;
    if (level < 0) continue;
    const place = level * states;
    let k = 0;
    for (; k < inFours; k += 4) {
      counts[place + k] = counts[place + k]! + gamma[at + k]!;
      counts[place + k + 1] = counts[place + k + 1]! + gamma[at + k + 1]!;
      counts[place + k + 2] = counts[place + k + 2]! + gamma[at + k + 2]!;
      counts[place + k + 3] = counts[place + k + 3]! + gamma[at + k + 3]!;
    }
    for (; k < states; k++) counts[place + k] = counts[place + k]! + gamma[at + k]!;
  }
}
