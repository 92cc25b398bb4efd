import { scoreOf } from "./chain.js";
import { Expectations } from "./expectations.js";
import { scoresOf, type FeatureTags, type Lines } from "./scores.js";
import { weightsIn } from "./weights.js";

/** Loss and gradient of some sequences, which add up over sequences. */
export interface Evaluation {
  /** Σ weight · -log p(tags | x), in nats. */
  readonly loss: number;
  /** By the vector of all weights. */
  readonly gradient: Float64Array;
}

/** Weights, of features, and how many tags there are. */
export interface Chain {
  readonly features: FeatureTags;
  readonly vector: Float64Array;
  readonly tags: number;
}

/** Sequences to learn from, and how much each counts where that is told. */
export interface Lesson {
  readonly lines: Lines;
  readonly tags: Int32Array;
  readonly weights: Float64Array | undefined;
}

/**
 * The loss of sequences under weights, and its gradient: expected minus observed counts.
 * Source: Shallow parsing with conditional random fields (Sha & Pereira, 2003).
 */
export function evaluate(
  { lines, tags: gold, weights: given }: Lesson,
  { features, vector, tags }: Chain,
): Evaluation {
  const weights = weightsIn(vector, tags);
  const links = { tags, ...weights };
  const gradient = new Float64Array(vector.length);
  const sums = weightsIn(gradient, tags);
  const scores = scoresOf(lines, features, weights.features, tags);
  const expectations = new Expectations(links);
  let loss = 0;
  for (let row = 0; row + 1 < lines.offsets.length; row++) {
    const [begin, end] = [lines.offsets[row]!, lines.offsets[row + 1]!];
    const weight = given?.[row] ?? 1;
    if (weight === 0) scores.fill(0, begin * tags, end * tags);
    if (begin === end || weight === 0) continue;
    const own = gold.subarray(begin, end);
    const score = scoreOf(links, scores.subarray(begin * tags, end * tags), own);
    loss += weight * (expectations.take(scores, begin * tags, end * tags, sums.transitions, weight) - score);
    for (let at = 1; at < own.length; at++) sums.transitions[own[at - 1]! * tags + own[at]!]! -= weight;
    for (let at = begin; at < end; at++) scores[at * tags + gold[at]!]! -= 1;
    if (weight !== 1) for (let i = begin * tags; i < end * tags; i++) scores[i]! *= weight;
    for (let tag = 0; tag < tags; tag++) {
      sums.start[tag]! += scores[begin * tags + tag]!;
      sums.end[tag]! += scores[(end - 1) * tags + tag]!;
    }
  }
  const { starts, places } = lines;
  for (let at = 0; at + 1 < starts.length; at++) {
    for (let i = starts[at]!; i < starts[at + 1]!; i++) {
      const place = places[i]!;
      for (let f = features.offsets[place]!; f < features.offsets[place + 1]!; f++)
        sums.features[f]! += scores[at * tags + features.tags[f]!]!;
    }
  }
  return { loss, gradient };
}

/** Evaluations of two parts of the data, added; the first is used up. */
export function merge(a: Evaluation, b: Evaluation): Evaluation {
  const { gradient } = a;
  for (let i = 0; i < gradient.length; i++) gradient[i]! += b.gradient[i]!;
  return { loss: a.loss + b.loss, gradient };
}
