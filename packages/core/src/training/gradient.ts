import { tidy } from "../backend/engine.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { Descent } from "./descent.js";
import type { Objective, Trainer } from "./types.js";

/** What `gradient` takes beside the objective itself. */
export interface GradientOptions {
  /** Before step 0 only: data-dependent initialisation. */
  start?(data: Iterable<Rows>, key: Key): void;
  /** By default "pool" when the objective prepares its own rows, else "batch". */
  readonly consumes?: "batch" | "pool";
}

/**
 * A trainer by gradient descent on a pure loss: metrics `loss` (nats, or what the loss is in) and the objective's own.
 * Where the back end in use can compile, loss and gradients are one graph; what the loss closes over, beside variables,
 * must not change then. A loss or gradient that is not finite gives the diagnosis "diverged" and leaves parameters and optimizer untouched.
 * The trainer's state is the optimizer's.
 */
export function gradient(objective: Objective & GradientOptions): Trainer {
  const { optimizer } = objective;
  const descent = new Descent(objective);
  return {
    consumes: objective.consumes ?? (objective.prepare === undefined ? "batch" : "pool"),
    ...(objective.start !== undefined && {
      start(data: Iterable<Rows>, key: Key) {
        tidy(() => objective.start?.(data, key));
      },
    }),
    async step(data, at) {
      // The rows are lent while the iteration stands.
      for (const rows of data) return await descent.step(rows, at);
      throw new RangeError("A step needs rows.");
    },
    state: () => optimizer.state(),
    restore: (state) => optimizer.restore(state),
    [Symbol.dispose]: () => descent[Symbol.dispose](),
  };
}
