import { expectation, type Counts } from "./expectation.js";
import { prepare, type Parameters } from "./parameters.js";
import type { Sequences } from "./sequences.js";

/** Some sequences of one class. */
export interface ClassPart {
  readonly class: number;
  readonly data: Sequences;
}

/** What runs in worker threads: the E step over some sequences, given every class's parameters. */
export const kernels = {
  expectation: (
    part: ClassPart,
    classes: readonly Parameters[],
  ): { readonly class: number; readonly counts: Counts } => ({
    class: part.class,
    counts: expectation(prepare(classes[part.class]!), part.data),
  }),
};
