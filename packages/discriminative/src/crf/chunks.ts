import { weightsOf, type Rows } from "@gen/core";
import { attributesOf, symbolsOf } from "./attributes.js";
import type { Lesson } from "./evaluate.js";
import { FeatureCounts, type Features } from "./features.js";
import { tagsOf } from "./lines.js";
import type { Crf } from "./model.js";
import { weightCount, weightsIn } from "./weights.js";

export interface FeatureChoice {
  readonly minimumCount: number;
  readonly allStates: boolean;
  readonly allTransitions: boolean;
}

/** What sequences to learn from tell before the first step. */
export interface Seen {
  readonly features: Features;
  /** 1 for each weight that may be learned: of all features, and of tags that were seen beside each other. */
  readonly learned: Uint8Array;
  /** By the weights of their sequences. */
  readonly elements: number;
}

/** Looks through the data for features. @throws InputError where a tag is missing. */
export function seenIn(model: Crf, data: Iterable<Rows>, choice: FeatureChoice): Seen {
  const tags = model.tags.length;
  const counts = new FeatureCounts(tags);
  const around = new Float64Array(weightCount(0, tags)).fill(choice.allTransitions ? 1 : 0);
  const { transitions, start, end } = weightsIn(around, tags);
  let elements = 0;
  for (const x of data) {
    const symbols = symbolsOf(model.fields, x);
    const own = tagsOf(model.fields, x, symbols.offsets);
    const weights = weightsOf(model.spec, x);
    const elementWeights = new Float64Array(own.length);
    for (let row = 0; row < x.length; row++) {
      const [begin, stop] = [symbols.offsets[row]!, symbols.offsets[row + 1]!];
      const weight = weights?.[row] ?? 1;
      elements += weight * (stop - begin);
      elementWeights.fill(weight, begin, stop);
      if (begin === stop || weight === 0) continue;
      start[own[begin]!] = end[own[stop - 1]!] = 1;
      for (let at = begin + 1; at < stop; at++) transitions[own[at - 1]! * tags + own[at]!] = 1;
    }
    counts.add(attributesOf(symbols, model.templates), own, elementWeights);
  }
  const features = counts.features(choice.minimumCount, choice.allStates);
  const learned = new Uint8Array(features.tags.length + around.length).fill(1);
  learned.set(around, features.tags.length);
  return { features, learned, elements };
}

/** Sequences with their tags; what was made of a chunk's rows is kept with it. */
export class Lessons {
  private readonly model: Crf;
  private readonly kept = new WeakMap<Rows, Lesson>();

  constructor(model: Crf) {
    this.model = model;
  }

  of(x: Rows): Lesson {
    const known = this.kept.get(x);
    if (known) return known;
    const lines = this.model.lines(x);
    const tags = tagsOf(this.model.fields, x, lines.offsets);
    const made = { lines, tags, weights: weightsOf(this.model.spec, x) };
    this.kept.set(x, made);
    return made;
  }
}
