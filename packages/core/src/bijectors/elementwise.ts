import type { Tensor } from "@tensorflow/tfjs-core";
import { neg, scalar, tidy, where } from "../backend/engine.js";
import type { Shape } from "../types.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, WithLogDet } from "./types.js";

/** What elementwise bijectors share: three formulas give the rest. */
export abstract class Elementwise implements Bijector {
  readonly eventRank = 0;
  abstract readonly constantLogDet: boolean;

  /** x = f(z), a new tensor. */
  protected abstract map(z: Tensor): Tensor;
  /** z = f⁻¹(x), a new tensor. */
  protected abstract unmap(x: Tensor): Tensor;
  /** log |f'(z)|, of the result's shape. */
  protected abstract logDerivative(z: Tensor): Tensor;
  /** The mask of what f reaches and one reachable number; undefined when f reaches every real number. */
  protected image(_x: Tensor): { readonly mask: Tensor; readonly safe: number } | undefined {
    return undefined;
  }

  forwardShape(shape: Shape): Shape {
    return shape;
  }

  inverseShape(shape: Shape): Shape {
    return shape;
  }

  forward(z: Tensor): Tensor {
    return tidy(() => this.map(z));
  }

  inverse(x: Tensor): Tensor {
    return tidy(() => {
      const image = this.image(x);
      return image === undefined ? this.unmap(x) : where(image.mask, this.unmap(x), scalar(NaN));
    });
  }

  forwardWithLogDet(z: Tensor): WithLogDet {
    return tidyPair(() => ({ value: this.map(z), logDet: this.logDerivative(z) }));
  }

  inverseWithLogDet(x: Tensor): WithLogDet {
    return tidyPair(() => {
      const image = this.image(x);
      // Double where: the formulas see a reachable number, so that the gradient stays finite and is then masked.
      const value = this.unmap(image === undefined ? x : where(image.mask, x, scalar(image.safe)));
      const logDet = neg(this.logDerivative(value));
      return { value, logDet: image === undefined ? logDet : where(image.mask, logDet, scalar(-Infinity)) };
    });
  }
}
