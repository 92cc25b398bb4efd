import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layer } from "@gen/nn";

/**
 * A network that gives the numbers of every pixel's distribution from the pixels before it in raster order. Pixels
 * are [count, size], scaled to [0, 1]; labels, where the images have some, one-hot [count, classes].
 */
export interface PixelNetwork extends Layer {
  /** Pixels in a row, after which it prepares anew. */
  readonly width: number;
  /** The most numbers that an image makes at once, which bounds how many are looked at together. */
  readonly activations: number;
  /** Of all pixels: [count, size, numbers]. */
  all(x: Tensor, label?: Tensor): Tensor;
  /** What serves all pixels of a row, computed once from the rows before it. */
  prepare(x: Tensor, row: number, label?: Tensor): Tensor[];
  /** Of one pixel: [count, numbers]. Pixels of x from there on must be 0. */
  one(x: Tensor, position: number, prepared: readonly Tensor[], label?: Tensor): Tensor;
}
