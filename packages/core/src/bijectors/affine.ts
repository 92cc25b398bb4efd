import type { Tensor } from "@tensorflow/tfjs-core";
import { abs, add, broadcastTo, div, exp, log, mul, neg, sub } from "../backend/engine.js";
import { broadcastShapes, parameter, shapeOf } from "../distributions/shapes.js";
import type { Parameter } from "../distributions/shapes.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { Elementwise } from "./elementwise.js";

export type AffineParameters = { readonly shift: Parameter } & (
  | {
      /** Not zero; negative mirrors. */
      readonly scale: Parameter;
    }
  | {
      /** The logarithm of a positive scale: what networks put out, with nothing to keep from zero. */
      readonly logScale: Parameter;
    }
);

/**
 * A shift and a scale, element by element: x = shift + scale z, z = (x - shift) / scale, log |dx/dz| = log |scale|.
 * The parameters broadcast against z. Throws `InputError` for a scale of 0 given as a number.
 */
export class Affine extends Elementwise {
  readonly constantLogDet = true;
  private readonly parameters: AffineParameters;

  constructor(parameters: AffineParameters) {
    super();
    if ("scale" in parameters && parameters.scale === 0)
      throw new InputError("Affine: scale is 0, which can't be inverted; give another number.");
    this.parameters = parameters;
  }

  override forwardShape(shape: Shape): Shape {
    const { parameters } = this;
    const scale = "scale" in parameters ? parameters.scale : parameters.logScale;
    return broadcastShapes(shape, shapeOf(parameters.shift), shapeOf(scale));
  }

  override inverseShape(shape: Shape): Shape {
    return this.forwardShape(shape);
  }

  protected map(z: Tensor): Tensor {
    const { parameters } = this;
    const scale = "scale" in parameters ? parameter(parameters.scale) : exp(parameter(parameters.logScale));
    return add(parameter(parameters.shift), mul(scale, z));
  }

  protected unmap(x: Tensor): Tensor {
    const { parameters } = this;
    const centred = sub(x, parameter(parameters.shift));
    if ("scale" in parameters) return div(centred, parameter(parameters.scale));
    return mul(centred, exp(neg(parameter(parameters.logScale))));
  }

  protected logDerivative(z: Tensor): Tensor {
    const { parameters } = this;
    const logScale =
      "scale" in parameters ? log(abs(parameter(parameters.scale))) : parameter(parameters.logScale);
    return broadcastTo(logScale, [...this.forwardShape(z.shape)]);
  }
}
