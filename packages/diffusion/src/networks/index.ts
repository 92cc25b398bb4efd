import { InputError, type Key } from "@gen/core";
import type { Network } from "./network.js";
import { Perceptron, perceptronParameters } from "./perceptron.js";
import { UNet, uNetParameters } from "./u-net.js";

/** Sizes of a perceptron, for rows of numbers, and of a U-Net, for images. */
export interface NetworkConfig {
  readonly times: number;
  readonly hidden: number;
  readonly blocks: number;
  readonly channels: number;
  readonly resolutions: number;
}

interface Made {
  /** One row's shape: [numbers] or [channels, height, width]. */
  readonly shape: readonly number[];
  readonly labels: number | undefined;
  readonly key: Key;
  /** Of a model from a file: the numbers that the file holds. */
  readonly saved: number | undefined;
}

/** More memory than any network here is worth: 256 MB. */
const mostParameters = 2 ** 26;

/** A U-Net for images, else a perceptron. Throws `InputError` for more parameters than 2^26 or than its file holds. */
export function networkOf(config: NetworkConfig, { shape, labels, key, saved = Infinity }: Made): Network {
  const options = { shape, labels, key, ...config };
  const isImage = shape.length === 3;
  const parameters = isImage ? uNetParameters(options) : perceptronParameters(options);
  const network = isImage
    ? `A U-Net of ${config.channels} channels at ${config.resolutions} resolutions`
    : `A perceptron of ${config.blocks} blocks of ${config.hidden} units`;
  if (parameters > saved)
    throw new InputError(
      `${network} has ${parameters} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (parameters > mostParameters)
    throw new InputError(
      `${network} has ${parameters} parameters, more than ${mostParameters}: make it smaller, or the rows.`,
    );
  return isImage ? new UNet(options) : new Perceptron(options);
}
