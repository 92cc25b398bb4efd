import type { Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";

/** Sizes that an initialiser scales by. */
export interface Fans {
  /** How many inputs reach one output. */
  readonly fanIn: number;
  /** How many outputs one input reaches. */
  readonly fanOut: number;
}

/** Draws the first value of a parameter. */
export type Initialiser = (key: Key, shape: number[], fans: Fans) => Tensor;
