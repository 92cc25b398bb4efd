import type { Tensor } from "@tensorflow/tfjs-core";
import { cast, mul, tidy, where, zerosLike } from "../backend/engine.js";
import type { Shape } from "../types.js";
import { sumTrailing } from "./sum-trailing.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, WithLogDet } from "./types.js";

export interface MaskedCouplingParameters {
  /** 1 where an element passes as it is, 0 where it is transformed: the shape of an event. */
  readonly mask: Tensor;
  /** The map of the other elements, element by element, from an event with zeros in their places. */
  readonly conditioner: (kept: Tensor) => Bijector;
}

/**
 * A coupling: the elements under a mask pass as they are and steer an elementwise bijector of the others, so that the
 * Jacobian is triangular and log |det| is the sum of that bijector's over the others. The conditioner is any function.
 * Source: Density estimation using Real NVP (Dinh, Sohl-Dickstein & Bengio, 2017), section 3.4.
 */
export class MaskedCoupling implements Bijector {
  readonly eventRank: number;
  readonly constantLogDet = false;
  private readonly parameters: MaskedCouplingParameters;

  constructor(parameters: MaskedCouplingParameters) {
    this.parameters = parameters;
    this.eventRank = parameters.mask.rank;
  }

  forwardShape(shape: Shape): Shape {
    return shape;
  }

  inverseShape(shape: Shape): Shape {
    return shape;
  }

  forward(z: Tensor): Tensor {
    return tidy(() => this.merged(z, this.inner(z).forward(z)));
  }

  inverse(x: Tensor): Tensor {
    return tidy(() => this.merged(x, this.inner(x).inverse(x)));
  }

  forwardWithLogDet(z: Tensor): WithLogDet {
    return tidyPair(() => this.mergedPair(z, this.inner(z).forwardWithLogDet(z)));
  }

  inverseWithLogDet(x: Tensor): WithLogDet {
    return tidyPair(() => this.mergedPair(x, this.inner(x).inverseWithLogDet(x)));
  }

  private inner(x: Tensor): Bijector {
    const { mask, conditioner } = this.parameters;
    return conditioner(mul(x, cast(mask, "float32")));
  }

  private merged(kept: Tensor, changed: Tensor): Tensor {
    return where(cast(this.parameters.mask, "bool"), kept, changed);
  }

  private mergedPair(kept: Tensor, { value, logDet }: WithLogDet): WithLogDet {
    const own = this.merged(zerosLike(logDet), logDet);
    return { value: this.merged(kept, value), logDet: sumTrailing(own, this.eventRank) };
  }
}
