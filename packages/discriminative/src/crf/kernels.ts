import { evaluate, type Chain, type Evaluation, type Lesson } from "./evaluate.js";

/** What may run in worker threads. */
export const kernels = {
  /** Loss and gradient of a chunk. */
  evaluate: (lesson: Lesson, chain: Chain): Evaluation => evaluate(lesson, chain),
};
