import { float64 } from "@gen/core/math";
import type { Chain } from "./chain.js";

/** log p(x_t | state), [steps, states], of the steps before a last one, and what all paths have besides. */
export interface Rest {
  readonly logProbs: Float64Array;
  readonly constant: number;
}

/** Sums the state of the last step out: what it would say of the path stands with the step before. */
export function withoutEnd({ states, initial, transition }: Chain, logProbs: Float64Array): Rest {
  const steps = logProbs.length / states - 1;
  const end = logProbs.subarray(steps * states);
  const towards = (weights: Float64Array): number =>
    float64.logSumExp(weights.map((p, state) => Math.log(p) + end[state]!));
  if (steps === 0) return { logProbs: new Float64Array(0), constant: towards(initial) };
  const rest = logProbs.slice(0, steps * states);
  for (let state = 0, at = (steps - 1) * states; state < states; state++, at++)
    rest[at]! += towards(transition.subarray(state * states, (state + 1) * states));
  return { logProbs: rest, constant: 0 };
}
