import type { Tensor } from "@tensorflow/tfjs-core";
import { concat, split, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { sumTrailing } from "./sum-trailing.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, WithLogDet } from "./types.js";

export interface SplitCouplingParameters {
  /** How many axes an event has. */
  readonly eventRank: number;
  /** The axis that is cut, counted from the end: -1 is the last. */
  readonly axis: number;
  /** How many elements of the axis make up the first part. */
  readonly at: number;
  /** The first part passes and steers the second; with `swap` the second steers the first. */
  readonly swap?: boolean;
  /** The map of the other part, element by element, from the part that passes. */
  readonly conditioner: (kept: Tensor) => Bijector;
}

/**
 * A coupling of two parts along an axis: one passes as it is and steers an elementwise bijector of the other. As
 * `MaskedCoupling`, but the conditioner sees and maps one part only. Throws `InputError` when the axis is no event axis,
 * and `RangeError` from its maps when the cut leaves a part empty.
 * Source: Density estimation using Real NVP (Dinh, Sohl-Dickstein & Bengio, 2017), section 3.2.
 */
export class SplitCoupling implements Bijector {
  readonly eventRank: number;
  readonly constantLogDet = false;
  private readonly parameters: SplitCouplingParameters;

  constructor(parameters: SplitCouplingParameters) {
    const { eventRank, axis } = parameters;
    if (!(axis < 0 && axis >= -eventRank))
      throw new InputError(
        `SplitCoupling: axis ${axis} is none of an event's ${eventRank}; count from the end, -1 is the last.`,
      );
    this.parameters = parameters;
    this.eventRank = eventRank;
  }

  forwardShape(shape: Shape): Shape {
    return shape;
  }

  inverseShape(shape: Shape): Shape {
    return shape;
  }

  forward(z: Tensor): Tensor {
    return tidy(() => {
      const [kept, other] = this.parts(z);
      return this.joined(kept, this.parameters.conditioner(kept).forward(other));
    });
  }

  inverse(x: Tensor): Tensor {
    return tidy(() => {
      const [kept, other] = this.parts(x);
      return this.joined(kept, this.parameters.conditioner(kept).inverse(other));
    });
  }

  forwardWithLogDet(z: Tensor): WithLogDet {
    return tidyPair(() => {
      const [kept, other] = this.parts(z);
      return this.joinedPair(kept, this.parameters.conditioner(kept).forwardWithLogDet(other));
    });
  }

  inverseWithLogDet(x: Tensor): WithLogDet {
    return tidyPair(() => {
      const [kept, other] = this.parts(x);
      return this.joinedPair(kept, this.parameters.conditioner(kept).inverseWithLogDet(other));
    });
  }

  /** The part that passes and the one that is mapped. */
  private parts(x: Tensor): [Tensor, Tensor] {
    const { axis, at, swap } = this.parameters;
    const place = x.rank + axis;
    const size = x.shape[place]!;
    if (!(at > 0 && at < size))
      throw new RangeError(
        `SplitCoupling: an axis of ${size} can't be cut at ${at}; cut at 1 to ${size - 1}, so that no part is empty.`,
      );
    const [first, second] = split(x, [at, size - at], place) as [Tensor, Tensor];
    return swap === true ? [second, first] : [first, second];
  }

  private joined(kept: Tensor, mapped: Tensor): Tensor {
    const parts = this.parameters.swap === true ? [mapped, kept] : [kept, mapped];
    return concat(parts, kept.rank + this.parameters.axis);
  }

  private joinedPair(kept: Tensor, { value, logDet }: WithLogDet): WithLogDet {
    return { value: this.joined(kept, value), logDet: sumTrailing(logDet, this.eventRank) };
  }
}
