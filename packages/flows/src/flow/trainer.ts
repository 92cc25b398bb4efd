import { mean, neg, type Scalar } from "@tensorflow/tfjs-core";
import { averaged, gradient, type Rows, type Trainer } from "@gen/core";
import { Adam } from "@gen/nn";
import type { FlowModel } from "./flow-model.js";

export interface FlowTraining {
  readonly learningRate: number;
  /** The decay of the parameters' moving average, which the model then holds; 0: none. */
  readonly average: number;
}

/** Maximum likelihood by Adam; the loss is in nats a row, in the model's space, of labelled rows -log p(x, y). */
export function maximumLikelihood(model: FlowModel, { learningRate, average }: FlowTraining): Trainer {
  const variables = Object.values(model.variables).filter(({ trainable }) => trainable);
  const trainer = gradient({
    variables,
    optimizer: new Adam({ learningRate }),
    ...(model.starts && { start: (data: Iterable<Rows>) => model.start(data) }),
    loss: (batch) => ({ loss: neg(mean<Scalar>(model.fitted(batch))) }),
  });
  return average > 0 ? averaged(trainer, { variables, decay: average }) : trainer;
}
