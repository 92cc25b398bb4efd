import * as tf from "@tensorflow/tfjs-core";
import { broken, type Breaks } from "./broken.js";
import type { Fault } from "./faults.js";
import { original } from "./replaced.js";
import { shear } from "./shear.js";
import type { ShearModel } from "./shear-model.js";

const fault = (check: string, name: string, says: RegExp, breaks: Breaks<ShearModel>): Fault => ({
  check: `flow-${check}`,
  name,
  says,
  plugin: broken(shear, breaks),
});

type ToLatent = ShearModel["toLatent"];
type Latents = ReturnType<ToLatent>;

/** What `toLatent` gives, changed. */
const latents = (change: (given: Latents) => Latents) => (model: ShearModel) => {
  const toLatent = original<ToLatent>(model, "toLatent");
  return { toLatent: (x: Parameters<ToLatent>[0]) => change(toLatent(x)) };
};

/** Faults of an invertible map. */
export const flowFaults: readonly Fault[] = [
  fault("base", "one latent where the base has two", /latents have the shapes/, {
    model: (model) => {
      const toLatent = original<ToLatent>(model, "toLatent");
      return {
        toLatent: (x: Parameters<ToLatent>[0]) => {
          const { z, logDet } = toLatent(x);
          return { z: [tf.concat([...z], 1)], logDet };
        },
        logProb: (x: Parameters<ToLatent>[0]) =>
          tf.tidy(() => {
            const { z, logDet } = toLatent(x);
            return tf.add(model.base.logProb(z), logDet);
          }),
      };
    },
  }),
  fault("base", "one log-determinant for all rows", /log \|det\| has the shape \[\]/, {
    model: latents(({ z, logDet }) => ({ z, logDet: tf.mean(logDet) })),
  }),
  fault("inverse", "latents that are not the data's", /data of the latents of data/, {
    model: latents(({ z, logDet }) => ({ z: [tf.add(z[0]!, 0.1), z[1]!], logDet })),
  }),
  fault("density", "a density without the log-determinant", /log p\(x\): number 1/, {
    model: (model) => ({
      logProb: (x: Parameters<ToLatent>[0]) => tf.tidy(() => model.base.logProb(model.toLatent(x).z)),
    }),
  }),
  fault("jacobian", "no log-determinant, both ways", /log \|det\| of row 1 is/, {
    model: latents(({ z, logDet }) => ({ z, logDet: tf.zerosLike(logDet) })),
  }),
  fault("leaks", "a tensor is kept", /toLatent left 1 tensors behind/, {
    model: latents((given) => {
      tf.keep(tf.scalar(1));
      return given;
    }),
  }),
];
