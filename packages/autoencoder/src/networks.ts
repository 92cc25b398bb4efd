import type { Tensor } from "@tensorflow/tfjs-core";
import { InputError, type DataSpec, type Key } from "@gen/core";
import type { Layer } from "@gen/nn";
import {
  ConvolutionalDecoder,
  ConvolutionalEncoder,
  elementsOf,
  filterParameters,
  sizesOf,
  type Size,
} from "./convolutional.js";
import { DenseLayers } from "./dense.js";
import { realFields, widthOf } from "./fields.js";

export interface NetworkConfig {
  readonly latent: number;
  readonly network: "dense" | "convolutional";
  readonly layers: number;
  readonly hidden: number;
  readonly channels: number;
}

interface Network extends Layer {
  /** [rows, inputs] to [rows, outputs]. */
  call(x: Tensor): Tensor;
}

export interface Networks {
  /** From all numbers of a row to its code. */
  readonly encoder: Network;
  /** From a code to all numbers of a row, linear at the end. */
  readonly decoder: Network;
}

interface Making {
  readonly key: Key;
  /** Numbers in the file that the model is built for. */
  readonly saved: number | undefined;
}

/**
 * Encoder and decoder for data of real columns. Throws `InputError` for a convolutional network of what is no image,
 * and for more parameters than 2^26 or than the file holds.
 */
export function networks(spec: DataSpec, config: NetworkConfig, { key, saved }: Making): Networks {
  const [down, up] = [key.fold("encoder"), key.fold("decoder")];
  const { latent } = config;
  if (config.network === "convolutional") {
    const sizes = sizesOf(imageOf(spec), config);
    const dense = elementsOf(sizes.at(-1)!);
    checkSize((dense + 1) * latent + filterParameters(sizes, "down"), saved);
    checkSize((latent + 1) * dense + filterParameters(sizes, "up"), saved);
    return {
      encoder: new ConvolutionalEncoder(sizes, latent, down),
      decoder: new ConvolutionalDecoder(sizes, latent, up),
    };
  }
  const widths = [widthOf(spec), ...new Array<number>(config.layers).fill(config.hidden), latent];
  const back = widths.toReversed();
  for (const each of [widths, back]) checkSize(denseParameters(each), saved);
  return { encoder: new DenseLayers(widths, down), decoder: new DenseLayers(back, up) };
}

/** The one image of a row. */
function imageOf(spec: DataSpec): Size {
  const [first, ...others] = realFields(spec);
  const [height, width, channels = 1, ...more] = first?.[1].shape ?? [];
  if (spec.kind !== "images" || others.length > 0 || width === undefined || more.length > 0)
    throw new InputError(
      `A convolutional network takes one image of height, width and channels in each row, and these are ${spec.kind}: use the network "dense".`,
    );
  return [height!, width, channels];
}

const denseParameters = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, outputs, i) => sum + (widths[i]! + 1) * outputs, 0);

/** More memory than an autoencoder of rows in memory is worth: 256 MB. */
const most = 2 ** 26;

function checkSize(parameters: number, saved = Infinity): void {
  if (parameters > saved)
    throw new InputError(
      `An encoder or decoder of ${parameters} parameters does not fit its file, which holds ${saved} numbers: its configuration is not that of its arrays.`,
    );
  if (parameters > most)
    throw new InputError(
      `An encoder or decoder of ${parameters} parameters has more than ${most}: use fewer hidden units, channels or layers, or smaller rows.`,
    );
}
