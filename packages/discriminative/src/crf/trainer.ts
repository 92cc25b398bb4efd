import type { Trainer } from "@gen/core";
import type { FeatureChoice } from "./chunks.js";
import { likelihood } from "./likelihood.js";
import type { Crf } from "./model.js";
import { perceptron } from "./perceptron.js";

export interface CrfTraining extends FeatureChoice {
  readonly method: "likelihood" | "perceptron";
  readonly c1: number;
  readonly c2: number;
  readonly tolerance: number;
  readonly memory: number;
}

/** Trains by the method that is asked for; features are chosen before the first step. */
export const trainer = (model: Crf, training: CrfTraining): Trainer =>
  training.method === "perceptron" ? perceptron(model, training) : likelihood(model, training);
