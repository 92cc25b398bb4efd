import { InputError } from "@gen/core";
import { integers, numbers, savedIntegers, savedNumbers, type Arrays } from "../optimizers/saved.js";

/** Which attributes have weights, and for which tags: feature f is an attribute together with `tags[f]`. */
export interface Features {
  /** The attributes that are known. */
  readonly attributes: Float64Array;
  /** Where the features of each attribute begin, with the end of the last. */
  readonly offsets: Int32Array;
  readonly tags: Int32Array;
}

export const noFeatures: Features = {
  attributes: new Float64Array(),
  offsets: new Int32Array(1),
  tags: new Int32Array(),
};

/** The place of each attribute. */
export const placesOf = ({ attributes }: Features): ReadonlyMap<number, number> =>
  new Map(Array.from(attributes, (attribute, place) => [attribute, place]));

/** Counts attributes and the tags that they come with. */
export class FeatureCounts {
  private readonly tags: number;
  private readonly counts = new Map<number, { count: number; readonly seen: Set<number> }>();

  constructor(tags: number) {
    this.tags = tags;
  }

  /** Adds elements: their attributes, [elements, templates], their tags, and how much each counts. */
  add(attributes: Float64Array, tags: Int32Array, weights: Float64Array): void {
    const width = attributes.length / Math.max(1, tags.length);
    for (let i = 0; i < attributes.length; i++) {
      const weight = weights[Math.floor(i / width)]!;
      if (weight === 0) continue;
      const attribute = attributes[i]!;
      let entry = this.counts.get(attribute);
      if (!entry) this.counts.set(attribute, (entry = { count: 0, seen: new Set() }));
      entry.count += weight;
      entry.seen.add(tags[Math.floor(i / width)]!);
    }
  }

  /** Features of attributes that were seen often enough: with the tags that they were seen with, or with all. */
  features(least: number, all: boolean): Features {
    const kept = [...this.counts].filter(([, { count }]) => count >= least);
    const every = Array.from({ length: this.tags }, (_, tag) => tag);
    const tags = kept.map(([, { seen }]) => (all ? every : [...seen].sort((a, b) => a - b)));
    const offsets = new Int32Array(kept.length + 1);
    tags.forEach((own, i) => (offsets[i + 1] = offsets[i]! + own.length));
    return {
      attributes: Float64Array.from(kept, ([attribute]) => attribute),
      offsets,
      tags: Int32Array.from(tags.flat()),
    };
  }
}

export const featureState = ({ attributes, offsets, tags }: Features): Arrays =>
  new Map([
    ["attributes", numbers(attributes)],
    ["offsets", integers(offsets)],
    ["tags", integers(tags)],
  ]);

/** @throws InputError when the arrays don't fit together. */
export function savedFeatures(state: Arrays, tagCount: number): Features {
  const attributes = savedNumbers(state, "attributes");
  const offsets = savedIntegers(state, "offsets", attributes.length + 1);
  const tags = savedIntegers(state, "tags");
  const usable =
    attributes.every((attribute) => Number.isSafeInteger(attribute) && attribute >= 0) &&
    new Set(attributes).size === attributes.length &&
    offsets[0] === 0 &&
    offsets.at(-1) === tags.length &&
    offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]!) &&
    tags.every((tag) => tag >= 0 && tag < tagCount);
  if (usable) return { attributes, offsets, tags };
  throw new InputError("The saved features don't fit together: the file is damaged or of another model.");
}
