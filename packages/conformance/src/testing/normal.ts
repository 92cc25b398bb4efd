import { mean, neg, type Scalar } from "@tensorflow/tfjs-core";
import { definePlugin, gradient, type Trainer } from "@gen/core";
import { Momentum } from "./momentum.js";
import { normalManifest } from "./normal-manifest.js";
import { NormalModel } from "./normal-model.js";

/** A family on points that can nearly everything: one normal cluster, or one for each class. */
export const normal = definePlugin({
  manifest: normalManifest,
  build: ({ spec, config, key }) => new NormalModel(spec, config.spread, key),
  trainer: (model: NormalModel): Trainer =>
    gradient({
      variables: Object.values(model.variables),
      optimizer: new Momentum(),
      loss: (batch) => ({ loss: neg(mean<Scalar>(model.fitted(batch))) }),
    }),
});
