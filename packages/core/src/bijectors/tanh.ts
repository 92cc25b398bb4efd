import type { Tensor } from "@tensorflow/tfjs-core";
import { greater, less, log1p, logicalAnd, mul, neg, sub, tanh } from "../backend/engine.js";
import { softplus } from "../math/index.js";
import { Elementwise } from "./elementwise.js";

/**
 * The hyperbolic tangent, element by element, onto (-1, 1): x = tanh(z), z = (log(1 + x) - log(1 - x)) / 2,
 * log |dx/dz| = log(1 - tanh² z) = 2 (log 2 - z - softplus(-2 z)), which stays finite where tanh saturates.
 */
export class Tanh extends Elementwise {
  readonly constantLogDet = false;

  protected map(z: Tensor): Tensor {
    return tanh(z);
  }

  protected unmap(x: Tensor): Tensor {
    return mul(0.5, sub(log1p(x), log1p(neg(x))));
  }

  protected logDerivative(z: Tensor): Tensor {
    return mul(2, sub(sub(Math.LN2, z), softplus(mul(-2, z))));
  }

  protected override image(x: Tensor) {
    return { mask: logicalAnd(greater(x, -1), less(x, 1)), safe: 0 };
  }
}
