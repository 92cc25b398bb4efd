import { fit, instantiate, key, type Dataset, type TrainingEvent } from "@gen/core";
import { gpt } from "../index.js";
import { Gpt, type GptConfig } from "../model.js";
import type { GptTraining } from "../trainer.js";

export interface Run {
  readonly config?: Partial<GptConfig>;
  readonly training?: Partial<GptTraining>;
  readonly steps: number;
  readonly seed?: number;
}

/** A small instance after some steps, the model inside and the losses on the way. */
export async function train(data: Dataset, { config = {}, training = {}, steps, seed = 1 }: Run) {
  const small = { layers: 1, heads: 2, width: 16, context: 8, ...config };
  const model = await instantiate(gpt, { data, config: small, key: key(seed) });
  const trainer = model.trainer({ windows: 4, learningRate: 0.01, weightDecay: 0, ...training });
  const losses: number[] = [];
  const events: AsyncIterable<TrainingEvent> = fit(model, trainer, data, { key: key(seed), steps });
  for await (const event of events) if (event.type === "step") losses.push(event.metrics["loss"]!);
  trainer[Symbol.dispose]();
  const { inner } = model;
  if (!(inner instanceof Gpt)) throw new TypeError("The plugin builds something else.");
  return { model, inner, losses };
}
