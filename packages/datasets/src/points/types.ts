/** A point of the plane. */
export type Point = readonly [number, number];

/** log p(x, y) of one branch, in nats. */
type BranchDensity = (branch: number, x: number, y: number) => number;

/**
 * A distribution on the plane: one of `branches` with equal probability, a place on it from two uniform numbers,
 * and from two standard normal ones what blurs it.
 */
export interface Plane {
  readonly branches: number;
  /** Names of the branches, where a branch is a class. */
  readonly labels?: readonly string[];
  /** The deviation of the blur, unless another is asked for. */
  readonly noise: number;
  /** The smallest deviation for which the density is known. */
  readonly leastNoise: number;
  place(branch: number, uniform: Point, normal: Point, noise: number): Point;
  density(noise: number): BranchDensity;
}
