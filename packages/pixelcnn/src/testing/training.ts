import {
  fit,
  instantiate,
  key,
  type AnyInstance,
  type Dataset,
  type Plugin,
  type TrainingEvent,
} from "@gen/core";

export interface Training {
  readonly plugin: object;
  readonly data: Dataset;
  readonly steps: number;
  readonly batch?: number;
  readonly config?: object;
  readonly learningRate?: number;
  readonly seed?: number;
}

/** A model after some steps, and what they told. */
export async function trained({
  plugin,
  data,
  steps,
  batch = 32,
  config = {},
  learningRate = 1e-2,
  seed = 1,
}: Training): Promise<{
  readonly model: AnyInstance;
  readonly losses: readonly number[];
  readonly diagnoses: readonly string[];
}> {
  const model = await instantiate(plugin as Plugin, { data, config, key: key(seed) });
  const trainer = model.trainer({ learningRate });
  const events: TrainingEvent[] = [];
  try {
    for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch })) events.push(event);
  } finally {
    trainer[Symbol.dispose]();
  }
  return {
    model,
    losses: events.flatMap((event) => (event.type === "step" ? [event.metrics["loss"]!] : [])),
    diagnoses: events.flatMap((event) => (event.type === "diagnosis" ? [event.diagnosis.remedy] : [])),
  };
}
