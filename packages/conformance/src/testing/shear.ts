import { mean, neg, type Scalar } from "@tensorflow/tfjs-core";
import { definePlugin, gradient, type Trainer } from "@gen/core";
import { Momentum } from "./momentum.js";
import { shearManifest } from "./shear-manifest.js";
import { ShearModel } from "./shear-model.js";

/** A family of invertible maps with latents of two scales. */
export const shear = definePlugin({
  manifest: shearManifest,
  build: ({ spec }) => new ShearModel(spec),
  trainer: (model: ShearModel): Trainer =>
    gradient({
      variables: Object.values(model.variables),
      optimizer: new Momentum(),
      loss: (batch) => ({ loss: neg(mean<Scalar>(model.logProb(batch))) }),
    }),
});
