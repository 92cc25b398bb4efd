import type { Tensor } from "@tensorflow/tfjs-core";
import { concat, split, tidy, zeros } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { ListBijector, ListWithLogDet } from "./types.js";

export interface SplitParameters {
  /** The axis that is cut, counted from the end: -1 is the last. */
  readonly axis: number;
  /** How many elements of the axis stay in the first part. */
  readonly at: number;
}

/**
 * Cuts the first tensor of a list in two towards the latent side (`inverse`): [x, ...rest] to [kept, split off, ...rest].
 * What is split off is a latent of its own scale; log |det| = 0. Throws `InputError` when there
 * is no tensor to cut and `RangeError` when the cut leaves a part empty.
 * Source: Density estimation using Real NVP (Dinh, Sohl-Dickstein & Bengio, 2017), section 3.6.
 */
export class Split implements ListBijector {
  private readonly parameters: SplitParameters;

  constructor(parameters: SplitParameters) {
    this.parameters = parameters;
  }

  forward(z: readonly Tensor[]): readonly Tensor[] {
    const [kept, other, ...rest] = z;
    if (!kept || !other) throw new InputError(`Split: ${z.length} tensors where two or more are expected.`);
    return [concat([kept, other], kept.rank + this.parameters.axis), ...rest];
  }

  inverseWithLogDet(x: readonly Tensor[]): ListWithLogDet {
    const [first, ...rest] = x;
    const { axis, at } = this.parameters;
    if (!first) throw new InputError("Split: there is no tensor to cut; give one at least.");
    const place = first.rank + axis;
    const size = first.shape[place] ?? 0;
    if (!(at > 0 && at < size))
      throw new RangeError(
        `Split: an axis of ${size} can't be cut at ${at}; cut at 1 to ${size - 1}, so that no part is empty.`,
      );
    const parts = tidy(() => split(first, [at, size - at], place));
    return { value: [...parts, ...rest], logDet: zeros(first.shape.slice(0, 1)) };
  }
}
