import { pairsInLogs, posteriorsInLogs, smoothInLogs, type LogSmoothed } from "./chain/log-space.js";
import { smooth, type GammaSink } from "./chain/smooth.js";
import type { Statistics } from "./emissions/index.js";
import { likelihoodsOf, logProbsOf } from "./observed.js";
import type { Prepared } from "./parameters.js";
import { countOf, type Sequences } from "./sequences.js";

/** Expected counts of an E step: plain data that add up. */
export interface Counts {
  readonly logLikelihood: number;
  readonly sequences: number;
  readonly steps: number;
  /** Sequences that the model calls impossible, of which nothing is counted. */
  readonly impossible: number;
  /** Expected first states, [states]. */
  readonly initial: Float64Array;
  /** Expected transitions, [states, states]. */
  readonly transition: Float64Array;
  readonly emissions: readonly Statistics[];
}

/** Steps of sequences that are counted together; the sums' order is the same however they are shared out. */
const partSteps = 2 ** 15;

/** Sequences `from` to `to`, cut so that each part has some steps; the cuts depend on the data alone. */
export function partsOf(data: Sequences): readonly { readonly from: number; readonly to: number }[] {
  const { offsets } = data;
  const parts: { from: number; to: number }[] = [];
  for (let from = 0; from < countOf(data);) {
    let to = from + 1;
    while (to < countOf(data) && offsets[to + 1]! - offsets[from]! <= partSteps) to++;
    parts.push({ from, to });
    from = to;
  }
  return parts;
}

/** The E step over all sequences: expected counts given the observations, and what tags are known. */
export function expectation(model: Prepared, data: Sequences): Counts {
  const parts = partsOf(data).map((part) => expectationOf(model, data, part));
  return parts.length === 0 ? nothing(model) : parts.reduce(merge);
}

/** The E step over some of the sequences. */
function expectationOf(
  model: Prepared,
  data: Sequences,
  part: { readonly from: number; readonly to: number },
): Counts {
  const { emissions, chain } = model;
  const { states, width } = chain;
  const { offsets, tracks } = data;
  const likelihoods = likelihoodsOf(model, data);
  const zero = nothing(model);
  const pairs = new Float64Array(width * width);
  let [logLikelihood, impossible, skipped] = [0, 0, 0];
  for (let s = part.from; s < part.to; s++) {
    const offset = offsets[s]!;
    const take: GammaSink = (from, to, gamma) => {
      if (from === 0) for (let k = 0; k < states; k++) zero.initial[k] = zero.initial[k]! + gamma[k]!;
      const steps = { from: offset + from, to: offset + to };
      emissions.forEach((emission, i) =>
        emission.collect(tracks[i]!, steps, gamma, width, zero.emissions[i]!),
      );
    };
    let found = smooth(chain, likelihoods(s), take, pairs);
    if (found === -Infinity) found = inLogs(model, data, s, take, zero.transition);
    if (found === -Infinity) {
      impossible++;
      skipped += offsets[s + 1]! - offset;
    } else logLikelihood += found;
  }
  for (let i = 0; i < states; i++)
    for (let j = 0; j < states; j++) {
      const at = i * states + j;
      zero.transition[at] = zero.transition[at]! + pairs[i * width + j]! * chain.transition[i * width + j]!;
    }
  const steps = offsets[part.to]! - offsets[part.from]! - skipped;
  return { ...zero, logLikelihood, impossible, sequences: part.to - part.from - impossible, steps };
}

/** One sequence in logarithms: its log-likelihood, and its counts where it is possible. */
function inLogs(
  model: Prepared,
  data: Sequences,
  sequence: number,
  take: GammaSink,
  transition: Float64Array,
): number {
  const { smoothed, logProbs } = logSmoothed(model, data, sequence);
  if (smoothed.logLikelihood === -Infinity) return -Infinity;
  const { chain } = model.parameters;
  const { states } = chain;
  pairsInLogs(chain, logProbs, smoothed).forEach((p, at) => {
    const place = at % (states * states);
    transition[place] = transition[place]! + p;
  });
  const posteriors = posteriorsInLogs(smoothed);
  take(0, logProbs.length / states, widened(posteriors, states, model.chain.width));
  return smoothed.logLikelihood;
}

/** The recursions in logarithms over one sequence, with log p(x_t | state), [steps, states]. */
export function logSmoothed(
  model: Prepared,
  data: Sequences,
  sequence: number,
): { readonly smoothed: LogSmoothed; readonly logProbs: Float64Array } {
  const logProbs = logProbsOfSequence(model, data, sequence);
  return { smoothed: smoothInLogs(model.parameters.chain, logProbs), logProbs };
}

/** log p(x_t | state) of one sequence, [steps, states]. */
export function logProbsOfSequence(model: Prepared, data: Sequences, sequence: number): Float64Array {
  const [from, to] = [data.offsets[sequence]!, data.offsets[sequence + 1]!];
  const { states, width } = model.chain;
  const wide = new Float64Array((to - from) * width);
  logProbsOf(model, data, from, to, wide);
  return narrowed(wide, states, width);
}

/** Rows of `width` numbers become rows of their first `states`. */
export function narrowed(table: Float64Array, states: number, width: number): Float64Array {
  if (states === width) return table;
  const rows = table.length / width;
  const result = new Float64Array(rows * states);
  for (let row = 0; row < rows; row++)
    result.set(table.subarray(row * width, row * width + states), row * states);
  return result;
}

function widened(table: Float64Array, states: number, width: number): Float64Array {
  const rows = table.length / states;
  const result = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++)
    result.set(table.subarray(row * states, (row + 1) * states), row * width);
  return result;
}

function nothing({ chain: { states }, emissions }: Prepared): Counts {
  return {
    logLikelihood: 0,
    sequences: 0,
    steps: 0,
    impossible: 0,
    initial: new Float64Array(states),
    transition: new Float64Array(states * states),
    emissions: emissions.map((emission) => emission.empty()),
  };
}

const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value + b[i]!);

/** Counts of two parts of the data, added. */
export const merge = (a: Counts, b: Counts): Counts => ({
  logLikelihood: a.logLikelihood + b.logLikelihood,
  sequences: a.sequences + b.sequences,
  steps: a.steps + b.steps,
  impossible: a.impossible + b.impossible,
  initial: sum(a.initial, b.initial),
  transition: sum(a.transition, b.transition),
  emissions: a.emissions.map((statistics, i) =>
    statistics.map((array, j) => sum(array, b.emissions[i]![j]!)),
  ),
});
