import type { Tensor } from "@tensorflow/tfjs-core";
import { clone, exp, greater, log } from "../backend/engine.js";
import { Elementwise } from "./elementwise.js";

/** The exponential, element by element, onto the positive numbers: x = exp(z), z = log(x), log |dx/dz| = z. */
export class Exp extends Elementwise {
  readonly constantLogDet = false;

  protected map(z: Tensor): Tensor {
    return exp(z);
  }

  protected unmap(x: Tensor): Tensor {
    return log(x);
  }

  protected logDerivative(z: Tensor): Tensor {
    return clone(z);
  }

  protected override image(x: Tensor) {
    return { mask: greater(x, 0), safe: 1 };
  }
}
