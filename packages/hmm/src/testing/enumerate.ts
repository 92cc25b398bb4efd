import { float64 } from "@gen/core/math";
import type { Chain } from "../chain/chain.js";

/** Every path of states with log p(path, observations). */
function everyPath(
  { states, initial, transition }: Chain,
  logProbs: Float64Array,
): readonly { readonly states: Int32Array; readonly logProb: number }[] {
  const steps = logProbs.length / states;
  return Array.from({ length: states ** steps }, (_, index) => {
    const path = Int32Array.from({ length: steps }, (_, t) => Math.floor(index / states ** t) % states);
    let logProb = Math.log(initial[path[0]!]!);
    path.forEach((state, t) => {
      if (t > 0) logProb += Math.log(transition[path[t - 1]! * states + state]!);
      logProb += logProbs[t * states + state]!;
    });
    return { states: path, logProb };
  });
}

/** log p(x), p(state of t | x) and p(state of t, state of t + 1 | x), summed over every path. */
export function enumerated(chain: Chain, logProbs: Float64Array) {
  const { states } = chain;
  const steps = logProbs.length / states;
  const paths = everyPath(chain, logProbs);
  const logLikelihood = float64.logSumExp(paths.map(({ logProb }) => logProb));
  const posteriors = new Float64Array(logProbs.length);
  const pairs = new Float64Array((steps - 1) * states * states);
  for (const { states: path, logProb } of paths) {
    const share = Math.exp(logProb - logLikelihood);
    path.forEach((state, t) => {
      posteriors[t * states + state] = posteriors[t * states + state]! + share;
      if (t === 0) return;
      const at = ((t - 1) * states + path[t - 1]!) * states + state;
      pairs[at] = pairs[at]! + share;
    });
  }
  return { paths, logLikelihood, posteriors, pairs };
}
