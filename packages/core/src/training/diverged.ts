import type { Diagnosis } from "./types.js";

/** The loss or its gradient left the finite numbers. */
export const diverged: Diagnosis = {
  kind: "diverged",
  remedy:
    "The loss or its gradient is not finite; the parameters were left as before this step. Lower the learning rate, clip the gradients, or look for extreme values in the data.",
};

/** Whether a step says that training can't go on. */
export const hasDiverged = (diagnoses: readonly Diagnosis[] = []): boolean =>
  diagnoses.some(({ kind }) => kind === diverged.kind);
