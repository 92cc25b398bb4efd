/** Features of each attribute: their tags, and where those of an attribute begin. */
export interface FeatureTags {
  readonly offsets: Int32Array;
  readonly tags: Int32Array;
}

/** Sequences as the places of their elements' attributes. */
export interface Lines {
  /** Where each sequence begins, with the end of the last. */
  readonly offsets: Int32Array;
  /** Where the places of each element begin, with the end of the last. */
  readonly starts: Int32Array;
  /** Places of known attributes, element by element. */
  readonly places: Int32Array;
}

/** The scores of each tag at each element, [elements, tags]. */
export function scoresOf(
  { starts, places }: Lines,
  { offsets, tags }: FeatureTags,
  weights: Float64Array,
  count: number,
): Float64Array {
  const elements = starts.length - 1;
  const scores = new Float64Array(elements * count);
  for (let at = 0; at < elements; at++) {
    for (let i = starts[at]!; i < starts[at + 1]!; i++) {
      const place = places[i]!;
      for (let f = offsets[place]!; f < offsets[place + 1]!; f++)
        scores[at * count + tags[f]!]! += weights[f]!;
    }
  }
  return scores;
}
