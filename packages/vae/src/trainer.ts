import { mean, neg, sub, type Scalar } from "@tensorflow/tfjs-core";
import { gradient, type Diagnosis, type Trainer } from "@gen/core";
import { Adam } from "@gen/nn";
import type { Vae } from "./model.js";

export interface VaeTraining {
  readonly learningRate: number;
}

/** Below so many nats the code tells next to nothing of the data. */
const collapsed = 0.01;

/** Steps after which a code has had time to say something, and from one telling to the next. */
const patience = 500;

/** Maximises the evidence lower bound by Adam; tells at every 500th step that the codes carry nothing. */
export function trainer(model: Vae, { learningRate }: VaeTraining): Trainer {
  return gradient({
    variables: Object.values(model.variables),
    optimizer: new Adam({ learningRate }),
    loss(batch, key) {
      const { reconstruction, divergence } = model.terms(batch, key);
      const [fit, rate] = [mean<Scalar>(reconstruction), mean<Scalar>(divergence)];
      return { loss: neg(sub(fit, rate)), metrics: { reconstruction: fit, divergence: rate } };
    },
    diagnose({ divergence }, step): readonly Diagnosis[] {
      const due = step > 0 && step % patience === 0;
      return due && divergence! < collapsed ? [posteriorCollapse] : [];
    },
  });
}

const posteriorCollapse: Diagnosis = {
  kind: "posterior-collapse",
  remedy: "The code carries no information: use a smaller learning rate, fewer layers or standardised data.",
};
