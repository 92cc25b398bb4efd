import { add, mul, tensor, tidy, type Scalar, type Tensor } from "@tensorflow/tfjs-core";
import {
  adversarial,
  averaged,
  column,
  InputError,
  type Objective,
  type Rows,
  type Trainer,
} from "@gen/core";
import { Adam, type Layer } from "@gen/nn";
import { losses, type LossName } from "./losses.js";
import { watched } from "./mode-collapse.js";
import type { Gan } from "./model.js";
import { gradientPenalty, r1Penalty, type PenaltyName } from "./penalties.js";

export interface GanTraining {
  readonly loss: LossName;
  readonly penalty: PenaltyName;
  readonly penaltyWeight: number;
  /** Steps of the critic for each of the generator's. */
  readonly criticSteps: number;
  readonly learningRate: number;
  readonly beta1: number;
  /** The decay of the generator's average, running averages of its norms included; 0: none. */
  readonly average: number;
}

/**
 * Critic and generator by turns, both by Adam, with the same noise at a step. Metrics are the losses `critic`, without
 * the penalty, and `generator`, and the `penalty`. Tells at every 500th step of mode collapse.
 * @throws InputError for a penalty on a critic whose rows mix, and for the Wasserstein loss of a critic without bounds.
 */
export function trainer(model: Gan, config: GanTraining): Trainer {
  check(model, config);
  const both = adversarial({
    critic: criticObjective(model, config),
    generator: generatorObjective(model, config),
    ratio: config.criticSteps,
    ...(model.shares && { start: (data: Iterable<Rows>) => countClasses(model, data) }),
  });
  const variables = Object.values(model.generator.variables);
  return watched(config.average > 0 ? averaged(both, { variables, decay: config.average }) : both, model);
}

function check({ critic }: Gan, { loss, penalty }: GanTraining): void {
  if (penalty !== "none" && critic.rowsMix)
    throw new InputError(
      `The penalty "${penalty}" is on each row's own gradient, and batch normalisation mixes the rows: choose normalisation "layer", "spectral" or "none".`,
    );
  if (loss === "wasserstein" && penalty === "none" && !critic.spectral)
    throw new InputError(
      `The loss "wasserstein" has no bound of its own: choose penalty "gradient" or "r1", or normalisation "spectral".`,
    );
}

const adam = ({ learningRate, beta1 }: GanTraining): Adam => new Adam({ learningRate, beta1 });
const trained = ({ variables }: Layer) => Object.values(variables).filter(({ trainable }) => trainable);

/** Its norms' running averages follow the data, which `features` are of. */
function criticObjective(model: Gan, config: GanTraining): Objective {
  const { generator, critic, labels } = model;
  const { loss, penalty, penaltyWeight } = config;
  return {
    variables: trained(critic),
    optimizer: adam(config),
    loss(batch, key) {
      const real = model.input(batch);
      const y = labels?.oneHot(batch);
      const fake = generator.run(model.noiseFor(batch, key.fold("noise")), "training").y;
      const ofReal = critic.judge(real, y, "training");
      const ofFake = critic.judge(fake, y, "training");
      const value = losses[loss].critic(ofReal.logits, ofFake.logits);
      const { updates } = ofReal;
      if (penalty === "none") return { loss: value, updates };
      const judge = (x: Tensor): Tensor => critic.judge(x, y, "training").logits;
      const found =
        penalty === "r1" ? r1Penalty(judge, real) : gradientPenalty(judge, real, fake, key.fold("between"));
      return {
        loss: add<Scalar>(value, mul(found, penaltyWeight)),
        metrics: { critic: value, penalty: found },
        updates,
      };
    },
  };
}

function generatorObjective(model: Gan, config: GanTraining): Objective {
  const { generator, critic, labels } = model;
  return {
    variables: trained(generator),
    optimizer: adam(config),
    loss(batch, key) {
      const y = labels?.oneHot(batch);
      const { y: fake, updates } = generator.run(model.noiseFor(batch, key.fold("noise")), "training");
      const { logits } = critic.judge(fake, y, "training");
      return { loss: losses[config.loss].generator(logits), updates };
    },
  };
}

/** The classes' shares of the training data. */
function countClasses({ labels, shares }: Gan, data: Iterable<Rows>): void {
  const counts = new Float64Array(labels!.classes.length);
  for (const rows of data)
    for (const label of column(rows, labels!.name).data as Int32Array) counts[label]! += 1;
  const total = counts.reduce((a, b) => a + b, 0);
  tidy(() => {
    shares!.assign(tensor(Float32Array.from(counts, (count) => count / total)));
  });
}
