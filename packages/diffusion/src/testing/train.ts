import { fit, instantiate, key, type Dataset, type TrainingEvent } from "@gen/core";
import { diffusion } from "../index.js";
import { Diffusion } from "../model.js";

type Config = NonNullable<Parameters<typeof instantiate<typeof diffusion.manifest, Diffusion>>[1]["config"]>;

export const tiny: Config = { hidden: 16, blocks: 1, channels: 8, resolutions: 1, times: 50 };

/** A tiny instance after some steps, the model inside and the losses on the way. */
export async function train(data: Dataset, steps: number, config: Config = {}, seed = 1) {
  const model = await instantiate(diffusion, { data, config: { ...tiny, ...config }, key: key(seed) });
  const trainer = model.trainer({ learningRate: 0.01, average: 0.9 });
  const events: TrainingEvent[] = [];
  for await (const event of fit(model, trainer, data, { key: key(seed), steps, batch: 32 }))
    events.push(event);
  trainer[Symbol.dispose]();
  const losses = events.flatMap((event) => (event.type === "step" ? [event.metrics["loss"]!] : []));
  const { inner } = model;
  if (!(inner instanceof Diffusion)) throw new TypeError("The plugin builds something else.");
  return { model, inner, losses };
}
