import type { Chain } from "./chain.js";
import type { Path } from "./viterbi.js";

/**
 * The `count` likeliest paths of states, likeliest first; fewer where fewer are possible. `logProbs` are
 * log p(x_t | state), [steps, states].
 * Source: List Viterbi decoding algorithms with applications (Seshadri & Sundberg, 1994), the parallel form.
 */
export function bestPaths(
  { states, initial, transition }: Chain,
  logProbs: Float64Array,
  count: number,
): readonly Path[] {
  const steps = logProbs.length / states;
  if (steps === 0) return [{ states: new Int32Array(0), logProb: 0 }];
  const logTransition = transition.map(Math.log);
  // Of each state the ends of its best paths, likeliest first: score, and where they come from.
  let scores = Float64Array.from({ length: states * count }, (_, i) =>
    i % count === 0 ? Math.log(initial[i / count]!) + logProbs[i / count]! : -Infinity,
  );
  const origins: Int32Array[] = [];
  for (let t = 1; t < steps; t++) {
    const [next, origin] = [new Float64Array(states * count), new Int32Array(states * count)];
    for (let j = 0; j < states; j++) {
      const offered = scores.map(
        (score, from) => score + logTransition[Math.floor(from / count) * states + j]!,
      );
      best(offered, count).forEach((from, rank) => {
        next[j * count + rank] = offered[from]! + logProbs[t * states + j]!;
        origin[j * count + rank] = from;
      });
    }
    scores = next;
    origins.push(origin);
  }
  return best(scores, count)
    .filter((end) => scores[end]! > -Infinity)
    .map((end) => {
      const path = new Int32Array(steps);
      let at = end;
      for (let t = steps - 1; t >= 0; t--) {
        path[t] = Math.floor(at / count);
        if (t > 0) at = origins[t - 1]![at]!;
      }
      return { states: path, logProb: scores[end]! };
    });
}

/** The places of the `count` largest values, largest first, of equal ones the first. */
function best(values: Float64Array, count: number): number[] {
  const chosen: number[] = [];
  values.forEach((value, at) => {
    if (chosen.length === count && !(value > values[chosen[count - 1]!]!)) return;
    let place = chosen.length;
    while (place > 0 && value > values[chosen[place - 1]!]!) place--;
    chosen.splice(place, 0, at);
    if (chosen.length > count) chosen.pop();
  });
  return chosen;
}
