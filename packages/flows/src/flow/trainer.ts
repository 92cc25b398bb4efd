import { mean, neg, type Scalar } from "@tensorflow/tfjs-core";
import { gradient, type Rows, type Trainer } from "@gen/core";
import { Adam } from "@gen/nn";
import type { FlowModel } from "./flow-model.js";

export interface FlowTraining {
  readonly learningRate: number;
}

/** Maximum likelihood by Adam; the loss is in nats a row, in the model's space, of labelled rows -log p(x, y). */
export const maximumLikelihood = (model: FlowModel, { learningRate }: FlowTraining): Trainer =>
  gradient({
    variables: Object.values(model.variables).filter(({ trainable }) => trainable),
    optimizer: new Adam({ learningRate }),
    ...(model.starts && { start: (data: Iterable<Rows>) => model.start(data) }),
    loss: (batch) => ({ loss: neg(mean<Scalar>(model.fitted(batch))) }),
  });
