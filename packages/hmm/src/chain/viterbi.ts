import type { Chain } from "./chain.js";

/** A path of states and log p(path, observations), in nats. */
export interface Path {
  readonly states: Int32Array;
  readonly logProb: number;
}

/**
 * The likeliest path of states; of equal ones the first in the states' order. `logProbs` are log p(x_t | state),
 * [steps, states].
 * Source: Error bounds for convolutional codes and an asymptotically optimum decoding algorithm (Viterbi, 1967).
 */
export function viterbi({ states, initial, transition }: Chain, logProbs: Float64Array): Path {
  const steps = logProbs.length / states;
  const logTransition = transition.map(Math.log);
  let before = initial.map(Math.log);
  let here = new Float64Array(states);
  const from = new Int32Array(logProbs.length);
  for (let t = 0, at = 0; t < steps; t++, at += states) {
    for (let j = 0; j < states; j++) {
      let [best, origin] = [t === 0 ? before[j]! : -Infinity, 0];
      if (t > 0)
        for (let i = 0, place = j; i < states; i++, place += states) {
          const value = before[i]! + logTransition[place]!;
          if (value > best) [best, origin] = [value, i];
        }
      here[j] = best + logProbs[at + j]!;
      from[at + j] = origin;
    }
    [before, here] = [here, before];
  }
  const path = new Int32Array(steps);
  if (steps === 0) return { states: path, logProb: 0 };
  let state = 0;
  for (let k = 1; k < states; k++) if (before[k]! > before[state]!) state = k;
  const logProb = before[state]!;
  for (let t = steps - 1; t >= 0; t--) {
    path[t] = state;
    state = from[t * states + state]!;
  }
  return { states: path, logProb };
}
