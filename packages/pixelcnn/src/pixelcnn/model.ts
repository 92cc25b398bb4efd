import { InputError, type DataSpec, type Key } from "@gen/core";
import { buildModel } from "../build.js";
import type { LikelihoodConfig } from "../likelihood.js";
import type { PixelModel } from "../pixel-model.js";
import { GatedNetwork, gatedParameters } from "./gated-network.js";

export interface PixelCnnConfig extends LikelihoodConfig {
  readonly channels: number;
  readonly blocks: number;
}

/**
 * A gated PixelCNN (Conditional image generation with PixelCNN decoders, van den Oord et al., 2016). @throws InputError
 * for images of several channels, other data, and too large a network.
 */
export function pixelCnnModel(spec: DataSpec, config: PixelCnnConfig, key: Key, saved?: number): PixelModel {
  const { channels, blocks } = config;
  return buildModel(
    spec,
    config,
    {
      parameters: ({ numbers, classes }) => gatedParameters({ numbers, classes, channels, blocks }),
      network({ image: { name, field }, numbers, classes }) {
        const [height, width, depth = 1] = field.shape;
        if (height === undefined || width === undefined || field.shape.length > 3 || depth !== 1)
          throw new InputError(
            `A PixelCNN takes images of one channel, and "${name}" has the shape [${field.shape.join(", ")}]: make them grey.`,
          );
        return new GatedNetwork({ height, width, numbers, classes, channels, blocks, key });
      },
    },
    saved,
  );
}
