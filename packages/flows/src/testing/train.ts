import {
  fit,
  instantiate,
  key,
  type AnyInstance,
  type Dataset,
  type Manifest,
  type Model,
  type Of,
  type Plugin,
  type TrainingEvent,
} from "@gen/core";
import { FlowModel } from "../flow/flow-model.js";

/** An instance after some steps, the model inside it, and what training told. */
export async function train<M extends Manifest, N extends Model>(
  plugin: Plugin<M, N>,
  data: Dataset,
  {
    steps,
    config,
    seed = 1,
    batch = 64,
  }: { steps: number; config: Partial<Of<M["model"]>>; seed?: number; batch?: number },
): Promise<{ model: AnyInstance; inner: FlowModel; losses: number[]; events: TrainingEvent[] }> {
  const model: AnyInstance = await instantiate(plugin, { data, config, key: key(seed) });
  const trainer = model.trainer({ learningRate: 3e-3 });
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch })) events.push(event);
  trainer[Symbol.dispose]();
  const losses = events.flatMap((event) => (event.type === "step" ? [event.metrics["loss"]!] : []));
  const { inner } = model;
  if (!(inner instanceof FlowModel)) throw new TypeError("The plugin builds something else.");
  return { model, inner, losses, events };
}
