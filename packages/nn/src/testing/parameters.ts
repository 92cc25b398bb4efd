import { tensor, tidy, variable, type Variable } from "@tensorflow/tfjs-core";
import type { Optimizer } from "@gen/core";

/** Where the parameter of the golden steps starts; its shape is [1, 3]. */
const start = [1, -0.5, 0.25];

/** The gradients of five steps. */
const gradients = [
  [0.5, -2, 1e-3],
  [0.1, 0.3, 0],
  [-0.4, -0.7, 2e-3],
  [3, 0.2, -1e-3],
  [0.2, -0.1, 5e-3],
];

/** A parameter before the first step. */
export const parameter = (): Variable => tidy(() => variable(tensor(start, [1, 3])));

/** Gives the optimizer the gradients of the steps from `first` up to but not `end`; the values after each. */
export function steps(optimizer: Optimizer, target: Variable, first = 0, end = 5): number[][] {
  return gradients.slice(first, end).map((gradient, i) => {
    tidy(() => {
      optimizer.apply([target], [tensor(gradient, [1, 3])], first + i);
    });
    return [...target.dataSync()];
  });
}
