import type { Key } from "@gen/core";
import { uniforms64 } from "@gen/core/random";
import type { Chain } from "./chain.js";

/**
 * One path of states drawn from p(path | observations), from the filtered probabilities [steps, states]: backwards,
 * each state given the one after it.
 * Source: On Gibbs sampling for state space models (Carter & Kohn, 1994).
 */
export function samplePath({ states, transition }: Chain, filtered: Float64Array, key: Key): Int32Array {
  const steps = filtered.length / states;
  const uniform = uniforms64(key, steps);
  const path = new Int32Array(steps);
  const weights = new Float64Array(states);
  for (let t = steps - 1; t >= 0; t--) {
    for (let i = 0; i < states; i++) {
      const towards = t === steps - 1 ? 1 : transition[i * states + path[t + 1]!]!;
      weights[i] = filtered[t * states + i]! * towards;
    }
    path[t] = drawn(weights, uniform[t]!);
  }
  return path;
}

/** The first place where the cumulative weights pass a share of their sum. */
export function drawn(weights: Float64Array, uniform: number): number {
  let rest = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight > 0)) continue;
    last = i;
    rest -= weight;
    if (rest < 0) break;
  }
  return last;
}
