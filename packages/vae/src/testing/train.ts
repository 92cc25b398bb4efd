import { fit, instantiate, key, type Dataset, type TrainingEvent } from "@gen/core";
import { vae } from "../index.js";
import { Vae } from "../model.js";

type Config = NonNullable<Parameters<typeof instantiate<typeof vae.manifest, Vae>>[1]["config"]>;

/** A tiny instance after some steps, the model inside and the losses on the way. */
export async function train(data: Dataset, steps: number, config: Config = {}, seed = 1) {
  const small = { latent: 2, hidden: 16, layers: 1, ...config };
  const model = await instantiate(vae, { data, config: small, key: key(seed) });
  const trainer = model.trainer({ learningRate: 0.01 });
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch: 32 }))
    events.push(event);
  trainer[Symbol.dispose]();
  const losses = events.flatMap((event) => (event.type === "step" ? [event.metrics["loss"]!] : []));
  const { inner } = model;
  if (!(inner instanceof Vae)) throw new TypeError("The plugin builds something else.");
  return { model, inner, losses };
}
