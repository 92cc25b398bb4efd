import { add, mul, sub, tidy, variable, zeros, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import {
  disposeVariables,
  restoreVariables,
  variablesState,
  type NamedArray,
  type Optimizer,
} from "@gen/core";

/** Gradient descent with a velocity, so that there is a slot to keep. */
export class Momentum implements Optimizer {
  private readonly slots = new Map<string, Variable>();

  apply(variables: readonly Variable[], gradients: readonly Tensor[]): void {
    variables.forEach((parameter, i) => {
      const velocity = this.slot(String(i), parameter.shape);
      tidy(() => {
        velocity.assign(add(mul(velocity, 0.8), gradients[i]!));
        parameter.assign(sub(parameter, mul(velocity, 0.05)));
      });
    });
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return variablesState(Object.fromEntries(this.slots));
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    for (const [name, { shape }] of state) this.slot(name, shape);
    restoreVariables(Object.fromEntries(this.slots), state);
  }

  [Symbol.dispose](): void {
    disposeVariables(Object.fromEntries(this.slots));
  }

  private slot(name: string, shape: readonly number[]): Variable {
    const found = this.slots.get(name) ?? tidy(() => variable(zeros([...shape])));
    this.slots.set(name, found);
    return found;
  }
}
