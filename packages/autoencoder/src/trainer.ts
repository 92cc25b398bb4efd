import { gradient, type Trainer } from "@gen/core";
import { Adam } from "@gen/nn";
import { corrupt, type Corruption } from "./corrupt.js";
import type { Autoencoder } from "./model.js";

export interface AutoencoderTraining extends Corruption {
  readonly learningRate: number;
}

/** Minimises the error of reconstruction by Adam; with corruption, that of the data from their corrupted form. */
export const trainer = (model: Autoencoder, { learningRate, ...corruption }: AutoencoderTraining): Trainer =>
  gradient({
    variables: Object.values(model.variables),
    optimizer: new Adam({ learningRate }),
    loss: (batch, key) => ({ loss: model.loss(batch, (x) => corrupt(x, corruption, key)) }),
  });
