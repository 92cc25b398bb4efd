import { fit, instantiate, key, type Dataset, type TrainingEvent } from "@gen/core";
import { gan } from "../index.js";
import { Gan } from "../model.js";

type Model = NonNullable<Parameters<typeof instantiate<typeof gan.manifest, Gan>>[1]["config"]>;
type Training = Parameters<Awaited<ReturnType<typeof instantiate<typeof gan.manifest, Gan>>>["trainer"]>[0];

/** A tiny instance after some steps, the model inside and what was told on the way. */
export async function train(
  data: Dataset,
  steps: number,
  { model: config = {}, training = {}, seed = 1 }: { model?: Model; training?: Training; seed?: number } = {},
) {
  const small = { latent: 2, hidden: 16, layers: 2, ...config };
  const model = await instantiate(gan, { data, config: small, key: key(seed) });
  const trainer = model.trainer(training);
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch: 32 }))
    events.push(event);
  trainer[Symbol.dispose]();
  const { inner } = model;
  if (!(inner instanceof Gan)) throw new TypeError("The plugin builds something else.");
  const metrics = events.flatMap((event) => (event.type === "step" ? [event.metrics] : []));
  return { model, inner, metrics };
}
