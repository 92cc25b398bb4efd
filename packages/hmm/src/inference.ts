import type { Key } from "@gen/core";
import { bestPaths } from "./chain/best-paths.js";
import { Forward, smooth } from "./chain/smooth.js";
import { posteriorsInLogs } from "./chain/log-space.js";
import { samplePath } from "./chain/sample-path.js";
import { viterbi, type Path } from "./chain/viterbi.js";
import { withoutEnd, type Rest } from "./chain/without-end.js";
import { logProbsOfSequence, logSmoothed, narrowed } from "./expectation.js";
import { likelihoodsOf } from "./observed.js";
import type { Prepared } from "./parameters.js";
import { countOf, stepsOf, type Sequences } from "./sequences.js";

/** log p(x | length) of each sequence in nats. */
export function logLikelihoods(model: Prepared, data: Sequences): Float64Array {
  const likelihoods = likelihoodsOf(model, data);
  return Float64Array.from({ length: countOf(data) }, (_, s) => {
    const { logLikelihood } = new Forward(model.chain, likelihoods(s));
    // Either impossible, or beyond float64: logarithms decide.
    return logLikelihood === -Infinity ? logSmoothed(model, data, s).smoothed.logLikelihood : logLikelihood;
  });
}

/** p(state | all observations) at each step, [steps, states]; uniform where a sequence is impossible. */
export function posteriors(model: Prepared, data: Sequences): Float64Array {
  const { states, width } = model.chain;
  const result = new Float64Array(stepsOf(data) * states);
  const likelihoods = likelihoodsOf(model, data);
  for (let s = 0; s < countOf(data); s++) {
    const offset = data.offsets[s]!;
    const found = smooth(model.chain, likelihoods(s), (from, to, gamma) =>
      result.set(narrowed(gamma.subarray(0, (to - from) * width), states, width), (offset + from) * states),
    );
    if (found > -Infinity) continue;
    const { smoothed } = logSmoothed(model, data, s);
    const own = smoothed.logLikelihood === -Infinity ? undefined : posteriorsInLogs(smoothed);
    if (own) result.set(own, offset * states);
    else result.fill(1 / states, offset * states, data.offsets[s + 1]! * states);
  }
  return result;
}

/** p(state | observations up to the step) at each step, [steps, states]; uniform where that is impossible. */
export function filtered(model: Prepared, data: Sequences): Float64Array {
  const { states } = model.chain;
  const result = new Float64Array(stepsOf(data) * states);
  for (let s = 0; s < countOf(data); s++) result.set(filteredOf(model, data, s), data.offsets[s]! * states);
  return result;
}

function filteredOf(model: Prepared, data: Sequences, s: number): Float64Array {
  const { states } = model.chain;
  const { alpha } = logSmoothed(model, data, s).smoothed;
  for (let at = 0; at < alpha.length; at += states) {
    const row = alpha.subarray(at, at + states);
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const shares = row.map((value) => (largest === -Infinity ? 1 : Math.exp(value - largest)));
    const total = shares.reduce((a, b) => a + b, 0);
    for (let k = 0; k < states; k++) row[k] = shares[k]! / total;
  }
  return alpha;
}

/** The likeliest path of each sequence; with `hasEnd` of what comes before its last step. */
export const likeliestPaths = (model: Prepared, data: Sequences, hasEnd = false): readonly Path[] =>
  Array.from({ length: countOf(data) }, (_, s) => {
    const { logProbs, constant } = restOf(model, data, s, hasEnd);
    return plus(viterbi(model.parameters.chain, logProbs), constant);
  });

/** The `count` likeliest paths of each sequence, likeliest first; with `hasEnd` of what comes before its last step. */
export const likeliestPathsOf = (
  model: Prepared,
  data: Sequences,
  count: number,
  hasEnd = false,
): readonly (readonly Path[])[] =>
  Array.from({ length: countOf(data) }, (_, s) => {
    const { logProbs, constant } = restOf(model, data, s, hasEnd);
    return bestPaths(model.parameters.chain, logProbs, count).map((path) => plus(path, constant));
  });

function restOf(model: Prepared, data: Sequences, s: number, hasEnd: boolean): Rest {
  const logProbs = logProbsOfSequence(model, data, s);
  return hasEnd ? withoutEnd(model.parameters.chain, logProbs) : { logProbs, constant: 0 };
}

const plus = ({ states, logProb }: Path, constant: number): Path => ({ states, logProb: logProb + constant });

/** A path of each sequence drawn from p(path | observations), [steps]. */
export function sampledPaths(model: Prepared, data: Sequences, key: Key): Int32Array {
  const result = new Int32Array(stepsOf(data));
  for (let s = 0; s < countOf(data); s++)
    result.set(samplePath(model.parameters.chain, filteredOf(model, data, s), key.fold(s)), data.offsets[s]);
  return result;
}
