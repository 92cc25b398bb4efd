import type { Tensor } from "@tensorflow/tfjs-core";
import { abs, add, broadcastTo, div, log, mul, sub } from "../backend/engine.js";
import { broadcastShapes, parameter, shapeOf } from "../distributions/shapes.js";
import type { Parameter } from "../distributions/shapes.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { Elementwise } from "./elementwise.js";

export interface AffineParameters {
  readonly shift: Parameter;
  /** Not zero; negative mirrors. */
  readonly scale: Parameter;
}

/**
 * A shift and a scale, element by element: x = shift + scale z, z = (x - shift) / scale, log |dx/dz| = log |scale|.
 * The parameters broadcast against z. Throws `InputError` for a scale of 0 given as a number.
 */
export class Affine extends Elementwise {
  readonly constantLogDet = true;
  readonly shift: Parameter;
  readonly scale: Parameter;

  constructor({ shift, scale }: AffineParameters) {
    super();
    if (scale === 0)
      throw new InputError("Affine: scale is 0, which can't be inverted; give another number.");
    this.shift = shift;
    this.scale = scale;
  }

  override forwardShape(shape: Shape): Shape {
    return broadcastShapes(shape, shapeOf(this.shift), shapeOf(this.scale));
  }

  override inverseShape(shape: Shape): Shape {
    return this.forwardShape(shape);
  }

  protected map(z: Tensor): Tensor {
    return add(parameter(this.shift), mul(parameter(this.scale), z));
  }

  protected unmap(x: Tensor): Tensor {
    return div(sub(x, parameter(this.shift)), parameter(this.scale));
  }

  protected logDerivative(z: Tensor): Tensor {
    return broadcastTo(log(abs(parameter(this.scale))), [...this.forwardShape(z.shape)]);
  }
}
