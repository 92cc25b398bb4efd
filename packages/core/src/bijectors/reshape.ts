import type { Tensor } from "@tensorflow/tfjs-core";
import { reshape } from "../backend/engine.js";
import { sizeOf } from "../distributions/shapes.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { Rearrangement } from "./rearrangement.js";

export interface ReshapeParameters {
  /** The event's shape on the latent side. */
  readonly inShape: Shape;
  /** The event's shape on the data side. */
  readonly outShape: Shape;
}

/**
 * The same elements in another event shape: [..., ...inShape] to [..., ...outShape], log |det| = 0.
 * Throws `InputError` when the two shapes hold different numbers of elements, and for an event of another shape.
 */
export class Reshape extends Rearrangement {
  readonly eventRank: number;
  override readonly eventRankOut: number;
  readonly inShape: Shape;
  readonly outShape: Shape;

  constructor({ inShape, outShape }: ReshapeParameters) {
    super();
    if (sizeOf(inShape) !== sizeOf(outShape)) {
      throw new InputError(
        `Reshape: [${inShape.join(", ")}] and [${outShape.join(", ")}] hold different numbers of elements; make them equal.`,
      );
    }
    this.inShape = inShape;
    this.outShape = outShape;
    this.eventRank = inShape.length;
    this.eventRankOut = outShape.length;
  }

  forwardShape(shape: Shape): Shape {
    return exchange(shape, this.inShape, this.outShape);
  }

  inverseShape(shape: Shape): Shape {
    return exchange(shape, this.outShape, this.inShape);
  }

  forward(z: Tensor): Tensor {
    return reshape(z, [...this.forwardShape(z.shape)]);
  }

  inverse(x: Tensor): Tensor {
    return reshape(x, [...this.inverseShape(x.shape)]);
  }
}

/** The shape with its trailing axes `from` replaced by `to`. */
function exchange(shape: Shape, from: Shape, to: Shape): Shape {
  const batchRank = shape.length - from.length;
  if (batchRank < 0 || from.some((size, axis) => size !== shape[batchRank + axis])) {
    throw new InputError(
      `Reshape: [${shape.join(", ")}] doesn't end in [${from.join(", ")}]; give such events.`,
    );
  }
  return [...shape.slice(0, batchRank), ...to];
}
