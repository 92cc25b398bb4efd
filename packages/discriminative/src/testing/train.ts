import {
  fit,
  instantiate,
  key,
  type Dataset,
  type Instance,
  type Manifest,
  type Model,
  type Of,
  type Plugin,
  type TrainingEvent,
} from "@gen/core";

export interface Run<M extends Manifest> {
  readonly config?: Partial<Of<M["model"]>>;
  readonly training?: Partial<Of<M["training"]>>;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
}

/** A fitted instance, the family's model inside, its trainer and all that was told on the way. */
export async function train<M extends Manifest, N extends Model>(
  plugin: Plugin<M, N>,
  data: Dataset,
  run: Run<M> = {},
) {
  const { config = {}, training = {}, steps = 500, batch = 1024, seed = 1 } = run;
  const model: Instance<M, N> = await instantiate(plugin, { data, config, key: key(seed) });
  const trainer = model.trainer(training);
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch })) events.push(event);
  const metrics = events.flatMap((event) => (event.type === "step" ? [event.metrics] : []));
  return { model, inner: model.inner as N, trainer, metrics, events, end: events.at(-1)! };
}
