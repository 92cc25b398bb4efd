import type { Tensor } from "@tensorflow/tfjs-core";
import type { Rows } from "../data/types.js";
import type { Distribution } from "../distributions/types.js";
import { latentRows } from "./latent.js";
import type { SamplingProtocol } from "./types.js";

type State = { readonly y: Tensor; readonly x?: Rows };

export interface JointSettings {
  /** Read when a draw begins, so that it may be a getter that makes tensors. */
  readonly prior: Distribution;
  /** p(x | y) for `[count]` drawn y. */
  readonly given: (y: Tensor) => Distribution<Rows>;
  /** Puts what was drawn first into the rows, where the data have a column for it. */
  readonly attach?: (x: Rows, y: Tensor) => Rows;
}

/** Joint sampling: y ~ p(y), a class or a component, then x ~ p(x | y). */
export function jointly(settings: JointSettings): SamplingProtocol<State, Readonly<Record<string, never>>> {
  return {
    kind: "joint",
    options: {},
    steps: () => 1,
    begin: (key, count) => ({ y: settings.prior.sample(key, [count]) }),
    advance({ y }, { key }) {
      const x = settings.given(y).sample(key);
      return { y, x: settings.attach?.(x, y) ?? x };
    },
    view: ({ y, x }) => ({ latent: latentRows(y), ...(x ? { x } : {}) }),
    finish: ({ x }) => x!,
  };
}
