import type { Tensor } from "@tensorflow/tfjs-core";
import { clone, zerosLike } from "../backend/engine.js";
import { Elementwise } from "./elementwise.js";

/** The identity, element by element: x = z, log |dx/dz| = 0. */
export class Identity extends Elementwise {
  readonly constantLogDet = true;

  protected map(z: Tensor): Tensor {
    return clone(z);
  }

  protected unmap(x: Tensor): Tensor {
    return clone(x);
  }

  protected logDerivative(z: Tensor): Tensor {
    return zerosLike(z);
  }
}
