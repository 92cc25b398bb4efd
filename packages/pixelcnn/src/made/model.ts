import type { DataSpec, Key } from "@gen/core";
import { buildModel } from "../build.js";
import type { LikelihoodConfig } from "../likelihood.js";
import type { PixelModel } from "../pixel-model.js";
import { MaskedNetwork, maskedParameters } from "./masked-network.js";

export interface MadeConfig extends LikelihoodConfig {
  readonly hidden: number;
  readonly layers: number;
}

/**
 * A masked autoencoder of images (MADE: Masked autoencoder for distribution estimation, Germain et al., 2015).
 * @throws InputError for other data, and for too large a network.
 */
export function madeModel(spec: DataSpec, config: MadeConfig, key: Key, saved?: number): PixelModel {
  const { hidden, layers } = config;
  return buildModel(
    spec,
    config,
    {
      parameters: ({ image: { size }, numbers, classes }) =>
        maskedParameters({ size, numbers, classes, hidden, layers }),
      network: ({ image: { size }, numbers, classes }) =>
        new MaskedNetwork({ size, numbers, classes, hidden, layers, key }),
    },
    saved,
  );
}
