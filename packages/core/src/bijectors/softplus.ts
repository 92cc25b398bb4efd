import type { Tensor } from "@tensorflow/tfjs-core";
import { add, expm1, greater, log, neg } from "../backend/engine.js";
import { logSigmoid, softplus } from "../math/index.js";
import { Elementwise } from "./elementwise.js";

/**
 * Softplus, element by element, onto the positive numbers: x = log(1 + exp(z)), z = x + log(1 - exp(-x)),
 * log |dx/dz| = log σ(z).
 */
export class Softplus extends Elementwise {
  readonly constantLogDet = false;

  protected map(z: Tensor): Tensor {
    return softplus(z);
  }

  protected unmap(x: Tensor): Tensor {
    return add(x, log(neg(expm1(neg(x)))));
  }

  protected logDerivative(z: Tensor): Tensor {
    return logSigmoid(z);
  }

  protected override image(x: Tensor) {
    return { mask: greater(x, 0), safe: 1 };
  }
}
