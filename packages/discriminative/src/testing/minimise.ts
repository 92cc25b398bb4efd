import type { Minimiser, Progress } from "../optimizers/types.js";

export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Evaluates until the minimiser rests; how often, and how it ended. */
export function minimise(
  minimiser: Minimiser,
  f: (x: Float64Array) => Evaluation,
  most = 1000,
): { readonly evaluations: number; readonly progress: Progress } {
  for (let evaluations = 1; ; evaluations++) {
    const { value, gradient } = f(minimiser.trial);
    const progress = minimiser.advance(value, gradient);
    if (progress === "converged" || progress === "diverged" || evaluations >= most)
      return { evaluations, progress };
  }
}
