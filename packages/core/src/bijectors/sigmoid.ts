import type { Tensor } from "@tensorflow/tfjs-core";
import { add, greater, less, log, log1p, logicalAnd, neg, sigmoid, sub } from "../backend/engine.js";
import { logSigmoid } from "../math/index.js";
import { Elementwise } from "./elementwise.js";

/**
 * The logistic function, element by element, onto (0, 1): x = 1 / (1 + exp(-z)), z = log(x) - log(1 - x),
 * log |dx/dz| = log σ(z) + log σ(-z).
 */
export class Sigmoid extends Elementwise {
  readonly constantLogDet = false;

  protected map(z: Tensor): Tensor {
    return sigmoid(z);
  }

  protected unmap(x: Tensor): Tensor {
    return sub(log(x), log1p(neg(x)));
  }

  protected logDerivative(z: Tensor): Tensor {
    return add(logSigmoid(z), logSigmoid(neg(z)));
  }

  protected override image(x: Tensor) {
    return { mask: logicalAnd(greater(x, 0), less(x, 1)), safe: 0.5 };
  }
}
