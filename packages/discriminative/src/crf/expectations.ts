import { sumsOf, type Links } from "./chain.js";

/** Guard: with scores further apart scaled sums could lose what later becomes likely. */
const widest = 500;

/**
 * Expected counts of a sequence's labellings. The sums are scaled at each element, which needs no logarithms; where
 * scores are too far apart for that, they are taken in logarithms.
 */
export class Expectations {
  private readonly links: Links;
  private readonly factors: Float64Array;
  private readonly most: number;
  private readonly spread: number;

  constructor(links: Links) {
    this.links = links;
    const { least, most } = range(links.transitions, 0, links.transitions.length);
    this.most = most;
    this.spread = most - least + spreadOf(links.start) + spreadOf(links.end);
    this.factors = links.transitions.map((value) => Math.exp(value - most));
  }

  /**
   * The log-partition of the sequence whose scores are `scores[from, to)`. They become its marginals, and the expected
   * numbers of transitions, times its weight, are added to `pairs`, [tags, tags].
   */
  take(scores: Float64Array, from: number, to: number, pairs: Float64Array, weight = 1): number {
    const { tags } = this.links;
    let spread = 0;
    for (let at = from; at < to; at += tags) {
      const { least, most } = range(scores, at, at + tags);
      spread = Math.max(spread, most - least);
    }
    return this.spread + spread <= widest
      ? this.scaled(scores.subarray(from, to), pairs, weight)
      : this.inLogarithms(scores.subarray(from, to), pairs, weight);
  }

  private scaled(scores: Float64Array, pairs: Float64Array, weight: number): number {
    const { factors } = this;
    const { tags, start, end } = this.links;
    const length = scores.length / tags;
    if (length === 0) return 0;
    const last = (length - 1) * tags;
    for (let tag = 0; tag < tags; tag++) {
      scores[tag]! += start[tag]!;
      scores[last + tag]! += end[tag]!;
    }
    const forward = new Float64Array(scores.length);
    const scales = new Float64Array(length);
    let logPartition = (length - 1) * this.most;
    for (let at = 0; at < length; at++) {
      const here = at * tags;
      const { most } = range(scores, here, here + tags);
      let total = 0;
      for (let to = 0; to < tags; to++) {
        scores[here + to] = Math.exp(scores[here + to]! - most);
        let reached = at === 0 ? 1 : 0;
        if (at > 0)
          for (let from = 0; from < tags; from++)
            reached += forward[here - tags + from]! * factors[from * tags + to]!;
        total += forward[here + to] = reached * scores[here + to]!;
      }
      for (let to = 0; to < tags; to++) forward[here + to]! /= total;
      scales[at] = total;
      logPartition += most + Math.log(total);
    }
    const backward = new Float64Array(tags).fill(1);
    const next = new Float64Array(tags);
    for (let at = length - 1; at >= 0; at--) {
      const here = at * tags;
      for (let tag = 0; tag < tags; tag++) {
        next[tag] = (scores[here + tag]! * backward[tag]!) / scales[at]!;
        scores[here + tag] = forward[here + tag]! * backward[tag]!;
      }
      if (at === 0) break;
      for (let from = 0; from < tags; from++) {
        const reached = weight * forward[here - tags + from]!;
        let sum = 0;
        for (let to = 0; to < tags; to++) {
          const share = factors[from * tags + to]! * next[to]!;
          sum += share;
          pairs[from * tags + to]! += reached * share;
        }
        backward[from] = sum;
      }
    }
    return logPartition;
  }

  private inLogarithms(scores: Float64Array, pairs: Float64Array, weight: number): number {
    const { tags, transitions } = this.links;
    const { logPartition, logMarginals, backward } = sumsOf(this.links, scores);
    for (let at = 0; at + tags < scores.length; at += tags) {
      for (let from = 0; from < tags; from++) {
        // log p(from) - backward is what leads here, given all.
        const reached = logMarginals[at + from]! - backward[at + from]!;
        if (logMarginals[at + from] === -Infinity) continue;
        for (let to = 0; to < tags; to++) {
          const next = at + tags + to;
          const share = reached + transitions[from * tags + to]! + scores[next]! + backward[next]!;
          pairs[from * tags + to]! += weight * Math.exp(share);
        }
      }
    }
    scores.set(logMarginals.map(Math.exp));
    return logPartition;
  }
}

function range(
  values: Float64Array,
  from: number,
  to: number,
): { readonly least: number; readonly most: number } {
  let [least, most] = [Infinity, -Infinity];
  for (let i = from; i < to; i++) {
    if (values[i]! < least) least = values[i]!;
    if (values[i]! > most) most = values[i]!;
  }
  return { least, most };
}

function spreadOf(values: Float64Array): number {
  const { least, most } = range(values, 0, values.length);
  return most - least;
}
