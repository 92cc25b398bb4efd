import { evaluate, type Evaluation, type Lesson, type Relative } from "./evaluate.js";
import { productInJavaScript } from "./product.js";

/** What may run in worker threads. */
export const kernels = {
  /** Loss and gradient of a chunk. */
  evaluate: (lesson: Lesson, linear: Relative): Evaluation => evaluate(lesson, linear, productInJavaScript),
};
