import { dataset, fit, instantiate, key, type DataSpec, type Rows, type TrainingEvent } from "@gen/core";
import type { NaiveBayesConfig } from "../config.js";
import { naiveBayes } from "../index.js";
import { NaiveBayes } from "../model.js";
import type { NaiveBayesTraining } from "../trainer.js";

export interface Run {
  readonly config?: Partial<NaiveBayesConfig>;
  readonly training?: Partial<NaiveBayesTraining>;
  readonly steps?: number;
  readonly batch?: number;
}

/** A fitted instance, the model inside, and all that was told on the way. */
export async function train(spec: DataSpec, x: Rows, run: Run = {}) {
  const { config = {}, training = {}, steps = 100, batch = 4096 } = run;
  const data = dataset(spec, x);
  const model = await instantiate(naiveBayes, { data, config, key: key(1) });
  const trainer = model.trainer(training);
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(1), steps, batch })) events.push(event);
  const metrics = events.flatMap((event) => (event.type === "step" ? [event.metrics] : []));
  const { inner } = model;
  if (!(inner instanceof NaiveBayes)) throw new TypeError("The plugin builds something else.");
  return { model, inner, trainer, metrics, end: events.at(-1)! };
}
