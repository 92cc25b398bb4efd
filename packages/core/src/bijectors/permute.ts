import type { Tensor } from "@tensorflow/tfjs-core";
import { gather, makeTensor, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { Rearrangement } from "./rearrangement.js";

/**
 * A permutation of the last axis: x[i] = z[permutation[i]], log |det| = 0.
 * Throws `InputError` unless `permutation` holds 0 .. n - 1 once each, and where the last axis isn't of size n.
 */
export class Permute extends Rearrangement {
  readonly eventRank = 1;
  readonly permutation: readonly number[];
  private readonly inversePermutation: readonly number[];

  constructor({ permutation }: { readonly permutation: readonly number[] }) {
    super();
    const inverse = permutation.map((_, index) => permutation.indexOf(index));
    if (permutation.length === 0 || inverse.includes(-1)) {
      throw new InputError(
        `Permute: [${permutation.join(", ")}] is no permutation; give 0 to n - 1, once each.`,
      );
    }
    this.permutation = permutation;
    this.inversePermutation = inverse;
  }

  forwardShape(shape: Shape): Shape {
    if (shape.at(-1) !== this.permutation.length) {
      throw new InputError(
        `Permute: the last axis of [${shape.join(", ")}] is not of size ${this.permutation.length}; reshape it first.`,
      );
    }
    return shape;
  }

  inverseShape(shape: Shape): Shape {
    return this.forwardShape(shape);
  }

  forward(z: Tensor): Tensor {
    return this.rearrange(z, this.permutation);
  }

  inverse(x: Tensor): Tensor {
    return this.rearrange(x, this.inversePermutation);
  }

  private rearrange(x: Tensor, order: readonly number[]): Tensor {
    this.forwardShape(x.shape);
    return tidy(() => gather(x, makeTensor([...order], [order.length], "int32"), x.rank - 1));
  }
}
