import type { Tensor } from "@tensorflow/tfjs-core";
import { reverse } from "../backend/engine.js";
import type { Shape } from "../types.js";
import { Rearrangement } from "./rearrangement.js";

/** The last axis back to front: x[i] = z[n - 1 - i], log |det| = 0. */
export class Flip extends Rearrangement {
  readonly eventRank = 1;

  forwardShape(shape: Shape): Shape {
    return shape;
  }

  inverseShape(shape: Shape): Shape {
    return shape;
  }

  forward(z: Tensor): Tensor {
    return reverse(z, z.rank - 1);
  }

  inverse(x: Tensor): Tensor {
    return this.forward(x);
  }
}
