import {
  add,
  div,
  mul,
  sqrt,
  square,
  sub,
  tidy,
  variable,
  zerosLike,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { Optimizer } from "../types.js";
import { disposeVariables, restoreVariables, variablesState } from "../variables.js";

/** Plain gradient descent, for tests. */
export const descent = (learningRate: number): Optimizer => ({
  apply(variables, gradients) {
    variables.forEach((target, i) => target.assign(sub(target, mul(learningRate, gradients[i]!))));
  },
  state: () => Promise.resolve(new Map()),
  restore() {},
  [Symbol.dispose]() {},
});

/** Adam (Kingma & Ba, 2015), for tests: its slots make a resume visible. */
export function adam(learningRate: number, variables: readonly Variable[]): Optimizer {
  const slots: Record<string, Variable> = {};
  variables.forEach((target, i) => {
    for (const name of ["mean", "square"])
      slots[`${name}/${i}`] = tidy(() => variable(zerosLike(target), false));
  });
  const blend = (slot: Variable, decay: number, value: Tensor): void => {
    slot.assign(add(mul(decay, slot), mul(1 - decay, value)));
  };
  return {
    apply(targets, gradients, step) {
      targets.forEach((target, i) => {
        const mean = slots[`mean/${i}`]!;
        const second = slots[`square/${i}`]!;
        blend(mean, 0.9, gradients[i]!);
        blend(second, 0.999, square(gradients[i]!));
        const corrected = div(mean, 1 - 0.9 ** (step + 1));
        const scale = add(sqrt(div(second, 1 - 0.999 ** (step + 1))), 1e-8);
        target.assign(sub(target, mul(learningRate, div(corrected, scale))));
      });
    },
    state: () => variablesState(slots),
    restore: (state) => restoreVariables(slots, state),
    [Symbol.dispose]: () => disposeVariables(slots),
  };
}
