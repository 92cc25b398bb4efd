/** Weights over tags: of features, of one tag after another, and of a sequence's first and last tag. */
export interface Weights {
  /** [features] */
  readonly features: Float64Array;
  /** [tags, tags]: from, to. */
  readonly transitions: Float64Array;
  /** [tags] */
  readonly start: Float64Array;
  /** [tags] */
  readonly end: Float64Array;
}

/** Views of one vector, in the order features, transitions, start, end. */
export function weightsIn(vector: Float64Array, tags: number): Weights {
  const features = vector.length - tags * tags - 2 * tags;
  const transitions = features + tags * tags;
  return {
    features: vector.subarray(0, features),
    transitions: vector.subarray(features, transitions),
    start: vector.subarray(transitions, transitions + tags),
    end: vector.subarray(transitions + tags),
  };
}

/** The length of the vector of all weights. */
export const weightCount = (features: number, tags: number): number => features + tags * tags + 2 * tags;
