import type { Tensor } from "@tensorflow/tfjs-core";
import { add, mul, sub } from "../backend/engine.js";
import type { Latent } from "../capabilities/types.js";
import type { Rows } from "../data/types.js";
import type { Distribution, HasMean } from "../distributions/types.js";
import { InputError } from "../errors.js";
import { latentOptions } from "./options.js";
import type { SamplingProtocol } from "./types.js";

type State = { readonly z: Tensor; readonly x?: Rows };

const hasMean = <T>(d: Distribution<T>): d is Distribution<T> & HasMean<T> =>
  "mean" in d && typeof d.mean === "function";

/** Sampling through a latent variable: z ~ p(z), then x ~ p(x | z). */
export function fromLatent(model: Latent): SamplingProtocol<State, typeof latentOptions> {
  const expected = (z: Tensor): Rows | undefined => {
    const conditional = model.decode(z);
    return hasMean(conditional) ? conditional.mean() : undefined;
  };
  return {
    kind: "latent",
    options: latentOptions,
    steps: () => 1,
    begin(key, count, { temperature }) {
      const { prior } = model;
      const z = prior.sample(key, [count]);
      if (temperature === 1) return { z };
      if (!hasMean(prior)) throw new InputError("This model's prior has no mean: use temperature 1.");
      const centre = prior.mean();
      return { z: add(centre, mul(sub(z, centre), temperature)) };
    },
    advance({ z }, { key }, { mean }) {
      const x = mean ? expected(z) : model.decode(z).sample(key);
      if (!x) throw new InputError("This model's p(x | z) has no mean: set mean to false.");
      return { z, x };
    },
    view({ z, x }) {
      const mean = expected(z);
      return { latent: latentRows(z), ...(x ? { x } : {}), ...(mean ? { expected: mean } : {}) };
    },
    finish({ x }) {
      return x!;
    },
  };
}

/** Latent codes as rows of one column z. */
export const latentRows = (z: Tensor): Rows => ({
  length: z.shape[0],
  columns: { z: { data: z, shape: z.shape.slice(1) } },
});
