import type { Tensor } from "@tensorflow/tfjs-core";
import {
  onFirst,
  Split,
  Squeeze,
  type Bijector,
  type Distribution,
  type HasMean,
  type ListBijector,
} from "@gen/core";
import type { Layer } from "@gen/nn";

/** One step of the map between latents and data. */
export interface Step extends ListBijector {
  /** It only moves elements: what it does can be seen, but is not learned. */
  readonly rearranges: boolean;
}

/** The learned map between latents and data, and the distribution of the latents. Owns its parameters. */
export interface Architecture extends Layer {
  /** Of the latents, one for each scale, the coarsest first. */
  readonly base: Distribution<readonly Tensor[]> & HasMean<readonly Tensor[]>;
  /** From the latents to the data; `classes` are one-hot, [rows, classes] or [1, classes] for all rows. */
  steps(classes?: Tensor): readonly Step[];
  /** Lets the first data, [rows, ...shape], set what depends on them. */
  initialise?(x: Tensor, classes?: Tensor): void;
  /** Frees what is not among the variables. */
  dispose(): void;
}

/** A step that transforms what is not split off. */
export const learned = (bijector: Bijector): Step => ({ ...onFirst(bijector), rearranges: false });

/** Squares of pixels to channels and back. */
export const squeezed = (): Step => ({ ...onFirst(new Squeeze()), rearranges: true });

/** Channels behind the first `at` become a latent, and again channels. */
export function splitOff(at: number): Step {
  const split = new Split({ axis: -3, at });
  return {
    forward: (z) => split.forward(z),
    inverseWithLogDet: (x) => split.inverseWithLogDet(x),
    rearranges: true,
  };
}
