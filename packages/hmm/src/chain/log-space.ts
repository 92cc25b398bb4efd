import * as float64 from "@gen/core/float64";
import type { Chain } from "./chain.js";

/** What the recursions in logarithms find of one sequence; tables are [steps, states]. */
export interface LogSmoothed {
  /** log p(x) in nats; -Infinity when the sequence is impossible. */
  readonly logLikelihood: number;
  /** log p(observations up to t, state of t). */
  readonly alpha: Float64Array;
  /** log p(observations after t | state of t). */
  readonly beta: Float64Array;
}

/**
 * The forward-backward recursions in logarithms: slower than the scaled ones, and exact where a step's likelihoods
 * are further apart than float64 reaches. `logProbs` are log p(x_t | state), [steps, states].
 */
export function smoothInLogs({ states, initial, transition }: Chain, logProbs: Float64Array): LogSmoothed {
  const steps = logProbs.length / states;
  const logInitial = initial.map(Math.log);
  const logTransition = transition.map(Math.log);
  const alpha = new Float64Array(logProbs.length);
  const beta = new Float64Array(logProbs.length);
  const terms = new Float64Array(states);
  for (let t = 0; t < steps; t++)
    for (let j = 0, here = t * states; j < states; j++) {
      for (let i = 0; i < states; i++) terms[i] = alpha[here - states + i]! + logTransition[i * states + j]!;
      const reached = t === 0 ? logInitial[j]! : float64.logSumExp(terms);
      alpha[here + j] = reached + logProbs[here + j]!;
    }
  for (let t = steps - 2; t >= 0; t--)
    for (let i = 0, next = (t + 1) * states; i < states; i++) {
      for (let j = 0; j < states; j++)
        terms[j] = logTransition[i * states + j]! + logProbs[next + j]! + beta[next + j]!;
      beta[t * states + i] = float64.logSumExp(terms);
    }
  const logLikelihood = steps === 0 ? 0 : float64.logSumExp(alpha.subarray((steps - 1) * states));
  return { logLikelihood, alpha, beta };
}

/** p(state of t | all observations), [steps, states]. */
export const posteriorsInLogs = ({ logLikelihood, alpha, beta }: LogSmoothed): Float64Array =>
  alpha.map((value, at) => Math.exp(value + beta[at]! - logLikelihood));

/** p(state of t, state of t + 1 | all observations), [steps - 1, states, states]. */
export function pairsInLogs(
  { states, transition }: Chain,
  logProbs: Float64Array,
  { logLikelihood, alpha, beta }: LogSmoothed,
): Float64Array {
  const steps = logProbs.length / states;
  const pairs = new Float64Array(Math.max(0, steps - 1) * states * states);
  for (let t = 0; t + 1 < steps; t++)
    for (let i = 0; i < states; i++)
      for (let j = 0; j < states; j++) {
        const next = (t + 1) * states + j;
        pairs[(t * states + i) * states + j] = Math.exp(
          alpha[t * states + i]! +
            Math.log(transition[i * states + j]!) +
            logProbs[next]! +
            beta[next]! -
            logLikelihood,
        );
      }
  return pairs;
}
