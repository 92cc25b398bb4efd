import { InputError, type DataSpec, type Key } from "@gen/core";
import { checkSize } from "../check-size.js";
import { Labels } from "../labels.js";
import { Gan } from "../model.js";
import { Images } from "./images.js";
import {
  ConvolutionalCritic,
  ConvolutionalGenerator,
  featuresOf,
  parametersOf,
  type Normalisation,
} from "./networks.js";

export interface DcganConfig {
  readonly latent: number;
  readonly channels: number;
  readonly stages: number;
  readonly normalisation: Normalisation;
}

/**
 * A generator and a critic of convolutions for images of any size (Unsupervised representation learning with deep
 * convolutional generative adversarial networks, Radford, Metz & Chintala, 2016).
 * @throws InputError for images that are too small to be halved so often, and for more parameters than 2^26 or than
 * the model's file holds.
 */
export function dcganOf(spec: DataSpec, config: DcganConfig, key: Key, saved?: number): Gan {
  const { latent, channels, stages, normalisation } = config;
  const layout = new Images(spec);
  const { height, width } = layout;
  const labels = Labels.of(spec);
  const classes = labels?.classes.length ?? 0;
  const sizes = { height, width, colours: layout.channels, channels, stages };
  if (featuresOf(sizes) === 0)
    throw new InputError(
      `Images of ${height} × ${width} pixels can't be halved ${stages} times: use fewer stages, or larger images.`,
    );
  checkSize(parametersOf(latent + classes, sizes), saved);
  return new Gan({
    spec,
    latent,
    layout,
    labels,
    generator: new ConvolutionalGenerator(latent + classes, sizes, key.fold("generator")),
    critic: new ConvolutionalCritic({ sizes, classes, normalisation, key: key.fold("critic") }),
  });
}
