import type { Tensor } from "@tensorflow/tfjs-core";
import type { Implicit } from "../capabilities/types.js";
import type { Rows } from "../data/types.js";
import { latentRows } from "./latent.js";
import type { SamplingProtocol } from "./types.js";

type State = { readonly z: Tensor; readonly x?: Rows };

/** Sampling by a generator: noise z ~ p(z), then x = G(z). */
export function pushforward(model: Implicit): SamplingProtocol<State, Readonly<Record<string, never>>> {
  return {
    kind: "pushforward",
    options: {},
    steps: () => 1,
    begin: (key, count) => ({ z: model.noise.sample(key, [count]) }),
    advance: ({ z }) => ({ z, x: model.generate(z) }),
    view: ({ z, x }) => ({ latent: latentRows(z), ...(x ? { x } : {}) }),
    finish: ({ x }) => x!,
  };
}
