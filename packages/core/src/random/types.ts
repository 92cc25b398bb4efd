/** A tuple of N keys, or a list where N is not known. */
export type Keys<N extends number, R extends readonly Key[] = []> = number extends N
  ? readonly Key[]
  : R["length"] extends N
    ? R
    : Keys<N, readonly [...R, Key]>;

/**
 * A splittable, stateless source of random numbers (Threefry-2x32-20, JAX's partitionable layout).
 * Deriving (`split`, `fold`) may be done any number of times; drawing from one key object twice throws in
 * development, because both draws would be the same numbers.
 */
export interface Key {
  /** The two 32-bit words, for checkpoints. */
  readonly data: readonly [number, number];
  /** `count` independent keys. */
  split<const N extends number>(count: N): Keys<N>;
  /** An independent key named by a number or a string. */
  fold(name: number | string): Key;
}
