import type { Chain } from "./chain/chain.js";

/** Which transitions there may be: all; to the same state and later ones; to the same state and the next. */
export type Topology = "ergodic" | "left-right" | "linear";

const allows = (topology: Topology, from: number, to: number): boolean =>
  topology === "ergodic" || (to >= from && (topology === "left-right" || to <= from + 1));

/** A chain whose allowed transitions are equally likely. All but an ergodic one begin in the first state. */
export function chainOf(topology: Topology, states: number): Chain {
  const initial = new Float64Array(states);
  if (topology === "ergodic") initial.fill(1 / states);
  else initial[0] = 1;
  const transition = new Float64Array(states * states);
  for (let i = 0; i < states; i++) {
    const row = transition.subarray(i * states, (i + 1) * states);
    for (let j = 0; j < states; j++) row[j] = allows(topology, i, j) ? 1 : 0;
    const total = row.reduce((sum, value) => sum + value, 0);
    for (let j = 0; j < states; j++) row[j] = row[j]! / total;
  }
  return { states, initial, transition };
}
