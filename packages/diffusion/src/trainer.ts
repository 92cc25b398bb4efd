import {
  add,
  cast,
  floor,
  gather,
  mean,
  mod,
  mul,
  reshape,
  square,
  sub,
  tensor,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { averaged, gradient, type Key, type Trainer } from "@gen/core";
import { normal, uniform } from "@gen/core/random";
import { Adam } from "@gen/nn";
import type { Diffusion } from "./model.js";
import { mixed, targetOf, type Mix } from "./targets.js";

export interface DiffusionTraining {
  readonly learningRate: number;
  /** The weight of the old average of the parameters; 0 keeps none. */
  readonly average: number;
  /** The share of labels that are taken away, so that the network also learns the data without them. */
  readonly dropout: number;
}

/**
 * Minimises the mean square between the target and what the network says of it, at times drawn at random
 * (Ho, Jain & Abbeel, 2020, equation 14), by Adam; the model holds a moving average of the parameters.
 */
export function trainer(model: Diffusion, { learningRate, average, dropout }: DiffusionTraining): Trainer {
  const variables = Object.values(model.denoiser.network.variables);
  const descent = gradient({
    variables,
    optimizer: new Adam({ learningRate }),
    loss(batch, key) {
      const { space } = model.denoiser;
      const data = space.tensor(batch);
      const times = spread(key.fold("times"), batch.length, model.schedule.alphaBars.length);
      const noise = normal(key.fold("noise"), data.shape);
      const labels = model.labels?.of(batch);
      const seen = labels && model.labels?.dropped(labels, dropout, key.fold("dropout"));
      return {
        loss: denoisingError(model, { data, noise }, times, seen),
        ...(labels && model.labels && { updates: new Map([model.labels.counted(labels)]) }),
      };
    },
  });
  return average > 0 ? averaged(descent, { variables, decay: average }) : descent;
}

/**
 * Times of so many rows, each equally likely at every row and evenly spread over the rows, which makes the loss vary
 * less (Variational diffusion models, Kingma, Salimans, Poole & Ho, 2021, section I.1).
 */
function spread(key: Key, rows: number, times: number): Tensor {
  const shares = tensor(Float32Array.from({ length: rows }, (_, i) => i / rows));
  return cast(floor(mul(mod(add(uniform(key, []), shares), 1), times)), "int32");
}

/** The mean square of the target less what the network says; times: int32 [rows]. */
export function denoisingError(
  { denoiser: { network, target }, schedule }: Diffusion,
  parts: { readonly data: Tensor; readonly noise: Tensor },
  times: Tensor,
  labels?: Tensor,
): Scalar {
  const perRow = (of: (kept: number) => number): Tensor => {
    const table = tensor(Float32Array.from(schedule.alphaBars, of));
    return reshape(gather(table, times), [-1, ...parts.data.shape.slice(1).map(() => 1)]);
  };
  const mix: Mix = { alpha: perRow(Math.sqrt), sigma: perRow((kept) => Math.sqrt(1 - kept)) };
  const said = network.call(mixed(parts, mix), cast(times, "float32"), labels);
  return mean(square(sub(said, targetOf(target, parts, mix))));
}
