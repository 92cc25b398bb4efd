import * as float64 from "@gen/core/float64";

/** Scores of tags beside each other and at the ends. */
export interface Links {
  readonly tags: number;
  /** [tags, tags]: from, to; -Infinity where one may not follow the other. */
  readonly transitions: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** What forward and backward sums tell of a sequence. */
export interface Sums {
  /** log Σ exp(score) over all labellings, in nats. */
  readonly logPartition: number;
  /** log p(tag at each element | x), [elements, tags]. */
  readonly logMarginals: Float64Array;
  /** For each element and tag, log Σ exp(score) of what follows, [elements, tags]. */
  readonly backward: Float64Array;
}

/**
 * Forward and backward sums over all labellings of a sequence, in logarithms: for scores of any size and -Infinity.
 * Source: Conditional random fields: probabilistic models for segmenting and labeling sequence data (Lafferty, McCallum
 * & Pereira, 2001).
 *
 * @param scores of each tag at each element, [elements, tags]
 */
export function sumsOf({ tags, transitions, start, end }: Links, scores: Float64Array): Sums {
  const length = scores.length / tags;
  const forward = new Float64Array(scores.length);
  const backward = new Float64Array(scores.length);
  const terms = new Float64Array(tags);
  for (let at = 0; at < length; at++) {
    for (let to = 0; to < tags; to++) {
      if (at > 0)
        for (let from = 0; from < tags; from++)
          terms[from] = forward[(at - 1) * tags + from]! + transitions[from * tags + to]!;
      const reached = at === 0 ? start[to]! : float64.logSumExp(terms);
      forward[at * tags + to] = reached + scores[at * tags + to]!;
    }
  }
  for (let at = length - 1; at >= 0; at--) {
    for (let from = 0; from < tags; from++) {
      if (at < length - 1)
        for (let to = 0; to < tags; to++)
          terms[to] =
            transitions[from * tags + to]! + scores[(at + 1) * tags + to]! + backward[(at + 1) * tags + to]!;
      backward[at * tags + from] = at === length - 1 ? end[from]! : float64.logSumExp(terms);
    }
  }
  const last = (length - 1) * tags;
  const logPartition =
    length === 0 ? 0 : float64.logSumExp(Float64Array.from(end, (e, tag) => forward[last + tag]! + e));
  const logMarginals = forward.map((value, i) => value + backward[i]! - logPartition);
  return { logPartition, logMarginals, backward };
}

/** The score of one labelling. */
export function scoreOf(
  { tags, transitions, start, end }: Links,
  scores: Float64Array,
  labels: Int32Array,
): number {
  if (labels.length === 0) return 0;
  let total = start[labels[0]!]! + end[labels.at(-1)!]!;
  labels.forEach((tag, at) => {
    total += scores[at * tags + tag]!;
    if (at > 0) total += transitions[labels[at - 1]! * tags + tag]!;
  });
  return total;
}
