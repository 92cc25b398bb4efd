import { mean, neg, type Scalar } from "@tensorflow/tfjs-core";
import { gradient, type Trainer } from "@gen/core";
import { Adam } from "@gen/nn";
import type { PixelModel } from "./pixel-model.js";

export interface PixelTraining {
  readonly learningRate: number;
}

/** Maximises the likelihood of images, with labels that of both, by Adam. */
export const maximumLikelihood = (model: PixelModel, { learningRate }: PixelTraining): Trainer =>
  gradient({
    variables: Object.values(model.variables),
    optimizer: new Adam({ learningRate }),
    loss: (batch) => ({ loss: neg(mean<Scalar>(model.logLikelihood(batch))) }),
  });
