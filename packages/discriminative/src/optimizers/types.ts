import type { Arrays } from "./saved.js";

/** What an evaluation led to. */
export type Progress =
  /** The line search goes on. */
  | "searching"
  /** `point` has moved. */
  | "accepted"
  /** The gradient is as small as asked, or the numbers allow no better point. */
  | "converged"
  /** The function is not finite where the minimisation begins. */
  | "diverged";

/**
 * Minimises a function by evaluations that its user makes: evaluate at `trial`, tell by `advance`, and so on. So one
 * evaluation is one step of training, between which one can stop, save and go on, bit for bit.
 */
export interface Minimiser {
  /** Where the function is to be evaluated next; borrowed. */
  readonly trial: Float64Array;
  /** The best point so far; borrowed. */
  readonly point: Float64Array;
  /** The objective at `point`. */
  readonly value: number;
  /** The largest entry of the (pseudo-)gradient at `point`. */
  readonly slope: number;
  /** Takes the smooth part of the function and its gradient at `trial`. */
  advance(value: number, gradient: Float64Array): Progress;
  state(): Arrays;
  /** @throws InputError when an array is missing or has the wrong size. */
  restore(state: Arrays): void;
}

export interface MinimiserOptions {
  /** Where the minimisation begins; copied. */
  readonly start: Float64Array;
  /** How many pairs of steps and differences of gradients are remembered. */
  readonly memory: number;
  /** Converged when no entry of the gradient is larger. With 0 as far as the numbers allow. */
  readonly tolerance: number;
  /** A guess of the Hessian's diagonal, positive, with which unlike scales do no harm. By default all are 1. */
  readonly diagonal?: Float64Array;
}
