import { scoreOf, type Links } from "../crf/chain.js";

export interface Enumerated {
  readonly tags: Int32Array;
  readonly score: number;
  readonly probability: number;
}

/** Every labelling of a sequence with its probability, the likeliest first. */
export function enumerate(links: Links, scores: Float64Array): Enumerated[] {
  const length = scores.length / links.tags;
  const all = Array.from({ length: links.tags ** length }, (_, index) => {
    const tags = Int32Array.from({ length }, (_, at) => Math.floor(index / links.tags ** at) % links.tags);
    return { tags, score: scoreOf(links, scores, tags) };
  });
  const most = Math.max(...all.map(({ score }) => score));
  const total = all.reduce((sum, { score }) => sum + Math.exp(score - most), 0);
  return all
    .map((each) => ({ ...each, probability: Math.exp(each.score - most) / total }))
    .sort((a, b) => b.score - a.score);
}
