import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rows } from "@gen/core";
import type { Layer, Updates } from "@gen/nn";

/** How a network is run: in training its norms use the batch's own moments, and it says what its averages become. */
export type Mode = "training" | "evaluation";

/** What a network gives. */
export interface Pass {
  readonly y: Tensor;
  /** Values that variables take after a step; none in evaluation. */
  readonly updates: Updates;
}

/** What leaves all variables as they are. */
export const unchanged: Updates = new Map();

/** Makes what a critic looks at of noise, [rows, numbers]. */
export interface Generator extends Layer {
  run(z: Tensor, mode: Mode): Pass;
}

/** What a critic says of rows. */
export interface Judgement {
  /** The higher, the more like data: [rows]. */
  readonly logits: Tensor;
  /** What the last layer sees: [rows, width]. */
  readonly features: Tensor;
  readonly updates: Updates;
}

/** Tells data from what a generator made. */
export interface Critic extends Layer {
  /** Whether what it says of a row depends on the other rows, by batch normalisation. */
  readonly rowsMix: boolean;
  /** Whether its weights are bounded by spectral normalisation. */
  readonly spectral: boolean;
  /** `y`: one-hot classes, [rows, classes], where there are any. */
  judge(x: Tensor, y: Tensor | undefined, mode: Mode): Judgement;
}

/** Between rows and what the networks compute on. */
export interface Layout {
  input(x: Rows): Tensor;
  /** Columns by name, rows along their first axis. */
  output(x: Tensor): Record<string, Tensor>;
}
