import { InputError, listed, type Rows } from "@gen/core";
import { bestLabellings, type Labelling } from "./best.js";
import { sumsOf, type Links } from "./chain.js";
import type { Crf } from "./model.js";

/** What labellings are to be found, and among which. */
export interface DecodeOptions {
  /** How many of the best, 1 by default. */
  readonly best?: number;
  /** Pairs of tags, by name, of which the second may not follow the first. */
  readonly forbidden?: readonly (readonly [from: string, to: string])[];
  /** The tags, by name, that are allowed at an element of a row (both from 0); undefined: all. */
  readonly allowed?: (row: number, element: number) => readonly string[] | undefined;
}

/** A labelling with log p(tags | x), in nats: of all labellings, or of those that are allowed where some are not. */
export interface Decoded extends Labelling {
  readonly logProbability: number;
}

/**
 * The best labellings of each row, best first, by Viterbi's algorithm for several paths.
 * @throws InputError for a name that is no tag, and where no labelling of a row is allowed.
 */
export function decode(model: Crf, x: Rows, options: DecodeOptions = {}): Decoded[][] {
  const { best = 1, forbidden = [], allowed } = options;
  if (!Number.isSafeInteger(best) || best < 1)
    throw new InputError(`decode: best must be a whole number of at least 1, not ${best}.`);
  const levels = new Map(model.tags.map((name, tag) => [name, tag]));
  const levelOf = (name: string): number => {
    const found = levels.get(name);
    if (found !== undefined) return found;
    throw new InputError(`decode: "${name}" is no tag; the tags are ${listed(model.tags, 20)}.`);
  };
  const transitions = model.weights.transitions.slice();
  for (const [from, to] of forbidden) transitions[levelOf(from) * levels.size + levelOf(to)] = -Infinity;
  const links: Links = { ...model.links, transitions };
  return model.scores(x).map((all, row) => {
    const scores = allowed ? all.slice() : all;
    for (let at = 0; allowed && at < scores.length / levels.size; at++) {
      const names = allowed(row, at);
      if (!names) continue;
      const kept = new Set(names.map(levelOf));
      for (const tag of levels.values()) if (!kept.has(tag)) scores[at * levels.size + tag] = -Infinity;
    }
    const found = bestLabellings(links, scores, best);
    if (found.length === 0) throw new InputError(`decode: no labelling of row ${row + 1} is allowed.`);
    const { logPartition } = sumsOf(links, scores);
    return found.map((labelling) => ({ ...labelling, logProbability: labelling.score - logPartition }));
  });
}
