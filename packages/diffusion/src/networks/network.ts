import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layer } from "@gen/nn";

/** What tells of a noised x what the target says. */
export interface Network extends Layer {
  /**
   * x: [rows, ...shape]; times: float32 [rows]; labels: int32 [rows], where the network has labels, the number of
   * labels itself standing for none. Gives the shape of x.
   */
  call(x: Tensor, times: Tensor, labels?: Tensor): Tensor;
}

/** Sizes that both networks share. */
export interface NetworkOptions {
  /** One row's shape: [numbers], or [channels, height, width]. */
  readonly shape: readonly number[];
  /** How many times the schedule has. */
  readonly times: number;
  /** How many labels there are, if any. */
  readonly labels: number | undefined;
}
