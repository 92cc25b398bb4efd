import { tidy, variable, zeros } from "@tensorflow/tfjs-core";
import { InputError, type DataSpec } from "@gen/core";
import { imageColumn, labelColumn, type ImageColumn } from "./fields.js";
import { likelihoodOf, type LikelihoodConfig } from "./likelihood.js";
import type { PixelNetwork } from "./network.js";
import { PixelModel } from "./pixel-model.js";
import { Pixels } from "./pixels.js";

/** What a network is made for. */
interface Sizes {
  readonly image: ImageColumn;
  /** Numbers for each pixel. */
  readonly numbers: number;
  /** Classes of the label; 0: none. */
  readonly classes: number;
}

/** How a family makes its network, and how many parameters that would have. */
export interface Design {
  parameters(sizes: Sizes): number;
  network(sizes: Sizes): PixelNetwork;
}

/** More memory than any of these models is worth: 256 MB. */
const most = 2 ** 26;

/** A model of images by a family's network. @throws InputError for other data, and for more parameters than 2^26 or than its file holds. */
export function buildModel(
  spec: DataSpec,
  config: LikelihoodConfig,
  design: Design,
  saved = Infinity,
): PixelModel {
  const image = imageColumn(spec);
  const likelihood = likelihoodOf(image.field.levels, config);
  const classes = labelColumn(spec)?.field.levels ?? 0;
  const sizes: Sizes = { image, numbers: likelihood.numbers, classes };
  const count = design.parameters(sizes) + classes;
  if (count > saved)
    throw new InputError(
      `A network of this configuration has ${count} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (count > most)
    throw new InputError(
      `This network would have ${count} parameters, more than ${most}: use a smaller network or images, fewer levels, or likelihood logistic.`,
    );
  return new PixelModel(
    new Pixels({
      spec,
      likelihood,
      network: design.network(sizes),
      prior: classes > 0 ? tidy(() => variable(zeros([classes]))) : undefined,
    }),
  );
}
