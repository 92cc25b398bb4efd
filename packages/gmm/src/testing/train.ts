import { fit, instantiate, key, type Dataset, type TrainingEvent } from "@gen/core";
import { gmm } from "../index.js";
import { Gmm, type GmmConfig } from "../model.js";
import type { GmmTraining } from "../trainer.js";

export interface Run {
  readonly config?: Partial<GmmConfig>;
  readonly training?: Partial<GmmTraining>;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
}

/** A fitted instance, the mixture inside, its trainer and all that was told on the way. */
export async function train(data: Dataset, run: Run = {}) {
  const { config = {}, training = {}, steps = 100, batch = 4096, seed = 1 } = run;
  const model = await instantiate(gmm, { data, config, key: key(seed) });
  const trainer = model.trainer(training);
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch })) events.push(event);
  const metrics = events.flatMap((event) => (event.type === "step" ? [event.metrics] : []));
  const diagnoses = events.flatMap((event) => (event.type === "diagnosis" ? [event.diagnosis] : []));
  const { inner } = model;
  if (!(inner instanceof Gmm)) throw new TypeError("The plugin builds something else.");
  return { model, inner, trainer, metrics, diagnoses, end: events.at(-1)! };
}
