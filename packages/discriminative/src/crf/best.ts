import type { Links } from "./chain.js";

/** A labelling and its score. */
export interface Labelling {
  readonly tags: Int32Array;
  readonly score: number;
}

/**
 * The `count` labellings of the highest scores, best first; fewer where fewer are possible. Of equals the one whose last
 * different tag comes first.
 * Source: The n-best algorithm: an efficient and exact procedure for finding the N most likely sentence hypotheses
 * (Schwartz & Chow, 1990).
 *
 * @param scores of each tag at each element, [elements, tags]
 */
export function bestLabellings(
  { tags, transitions, start, end }: Links,
  scores: Float64Array,
  count: number,
): Labelling[] {
  const length = scores.length / tags;
  if (length === 0) return [{ tags: new Int32Array(), score: 0 }];
  // For each element, tag and rank: the score so far, and the tag and rank before.
  const reached = new Float64Array(length * tags * count).fill(-Infinity);
  const back = new Int32Array(length * tags * count).fill(-1);
  for (let tag = 0; tag < tags; tag++) reached[tag * count] = start[tag]! + scores[tag]!;
  for (let at = 1; at < length; at++) {
    const previous = (at - 1) * tags * count;
    for (let to = 0; to < tags; to++) {
      const here = (at * tags + to) * count;
      for (let from = 0; from < tags; from++) {
        const step = transitions[from * tags + to]! + scores[at * tags + to]!;
        for (let rank = 0; rank < count; rank++) {
          const score = reached[previous + from * count + rank]! + step;
          if (!insert(reached, back, here, count, score, from * count + rank)) break;
        }
      }
    }
  }
  const last = new Float64Array(count).fill(-Infinity);
  const ends = new Int32Array(count).fill(-1);
  for (let tag = 0; tag < tags; tag++) {
    for (let rank = 0; rank < count; rank++) {
      const score = reached[((length - 1) * tags + tag) * count + rank]! + end[tag]!;
      if (!insert(last, ends, 0, count, score, tag * count + rank)) break;
    }
  }
  return Array.from(ends.subarray(0, ends.indexOf(-1) === -1 ? count : ends.indexOf(-1)), (place, rank) => {
    const labels = new Int32Array(length);
    for (let at = length - 1, here = place; at >= 0; at--) {
      labels[at] = Math.floor(here / count);
      here = back[at * tags * count + here]!;
    }
    return { tags: labels, score: last[rank]! };
  });
}

/** Puts a score into its place of a list in falling order; false where it has none. */
function insert(
  list: Float64Array,
  places: Int32Array,
  first: number,
  count: number,
  score: number,
  place: number,
): boolean {
  if (!(score > list[first + count - 1]!)) return false;
  let at = first + count - 1;
  for (; at > first && score > list[at - 1]!; at--) {
    list[at] = list[at - 1]!;
    places[at] = places[at - 1]!;
  }
  list[at] = score;
  places[at] = place;
  return true;
}
