import { fit, instantiate, key, type Dataset, type TrainingEvent } from "@gen/core";
import type { HmmConfig } from "../config.js";
import { hmm } from "../index.js";
import { Hmm } from "../model.js";
import type { HmmTraining } from "../trainer.js";

export interface Run {
  readonly config?: Partial<HmmConfig>;
  readonly training?: Partial<HmmTraining>;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
}

/** Maximum likelihood. */
export const noPriors = { initialPrior: 0, transitionPrior: 0, emissionPrior: 0, regularization: 0 };

/** A fitted instance, the model inside, its trainer and all that was told on the way. */
export async function train(data: Dataset, run: Run = {}) {
  const { config = {}, training = {}, steps = 60, batch = 4096, seed = 1 } = run;
  const model = await instantiate(hmm, { data, config, key: key(seed) });
  const trainer = model.trainer(training);
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch })) events.push(event);
  const metrics = events.flatMap((event) => (event.type === "step" ? [event.metrics] : []));
  const { inner } = model;
  if (!(inner instanceof Hmm)) throw new TypeError("The plugin builds something else.");
  return { model, inner, trainer, metrics, end: events.at(-1)! };
}
