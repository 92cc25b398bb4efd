import type { Tensor } from "@tensorflow/tfjs-core";
import { reshape, tidy, transpose } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Shape } from "../types.js";
import { Rearrangement } from "./rearrangement.js";

/**
 * Space for channels, on images with their channels first. Towards the latent side (`inverse`) each square of 2×2
 * pixels becomes four channels, [..., c, h, w] to [..., 4c, h/2, w/2]; log |det| = 0. Throws `InputError` for odd sizes.
 * Source: Density estimation using Real NVP (Dinh, Sohl-Dickstein & Bengio, 2017), section 3.6.
 */
export class Squeeze extends Rearrangement {
  readonly eventRank = 3;

  forwardShape(shape: Shape): Shape {
    const [channels, height, width] = sizes(shape);
    if (channels % 4 === 0) return [...shape.slice(0, -3), channels / 4, 2 * height, 2 * width];
    throw new InputError(`Squeeze: ${channels} channels are no multiple of 4.`);
  }

  inverseShape(shape: Shape): Shape {
    const [channels, height, width] = sizes(shape);
    if (height % 2 === 0 && width % 2 === 0)
      return [...shape.slice(0, -3), 4 * channels, height / 2, width / 2];
    throw new InputError(`Squeeze: ${height}×${width} pixels can't be halved; pad or resize the images.`);
  }

  forward(z: Tensor): Tensor {
    const result = this.forwardShape(z.shape);
    const [channels, height, width] = sizes(z.shape);
    return rearranged(z, [channels / 4, 2, 2, height, width], [0, 1, 4, 2, 5, 3], result);
  }

  inverse(x: Tensor): Tensor {
    const result = this.inverseShape(x.shape);
    const [channels, height, width] = sizes(x.shape);
    return rearranged(x, [channels, height / 2, 2, width / 2, 2], [0, 1, 3, 5, 2, 4], result);
  }
}

/** An event's axes taken apart, put in another order (0 stands for the batch) and together again. */
const rearranged = (x: Tensor, axes: Shape, order: number[], result: Shape): Tensor =>
  tidy(() => reshape(transpose(reshape(x, [-1, ...axes]), order), [...result]));

function sizes(shape: Shape): [number, number, number] {
  if (shape.length >= 3) return shape.slice(-3) as [number, number, number];
  throw new InputError(`Squeeze: [${shape.join(", ")}] are no images [..., channels, height, width].`);
}
