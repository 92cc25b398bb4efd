import { fit, instantiate, key, type Dataset, type TrainingEvent } from "@gen/core";
import { autoencoder } from "../index.js";
import { Autoencoder, type AutoencoderConfig } from "../model.js";
import type { AutoencoderTraining } from "../trainer.js";

export const tiny: AutoencoderConfig = {
  latent: 2,
  network: "dense",
  layers: 1,
  hidden: 16,
  channels: 2,
  loss: "squaredError",
};

export const still: AutoencoderTraining = { learningRate: 0.01, noise: 0, masked: 0 };

interface Options {
  readonly config?: Partial<AutoencoderConfig>;
  readonly training?: Partial<AutoencoderTraining>;
  readonly seed?: number;
}

/** A tiny instance after some steps, the model inside and the losses on the way. */
export async function train(data: Dataset, steps: number, { config, training, seed = 1 }: Options = {}) {
  const model = await instantiate(autoencoder, { data, config: { ...tiny, ...config }, key: key(seed) });
  const trainer = model.trainer({ ...still, ...training });
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch: 32 }))
    events.push(event);
  trainer[Symbol.dispose]();
  const losses = events.flatMap((event) => (event.type === "step" ? [event.metrics["loss"]!] : []));
  const { inner } = model;
  if (!(inner instanceof Autoencoder)) throw new TypeError("The plugin builds something else.");
  return { model, inner, losses };
}
