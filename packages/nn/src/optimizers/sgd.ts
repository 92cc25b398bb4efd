import { add, mul, sub, tidy, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { NamedArray, Optimizer } from "@gen/core";
import { rateAt, type Schedule } from "./schedules.js";
import { Slots } from "./slots.js";

export interface SgdOptions {
  /** A number or a schedule; 0.01 by default. */
  readonly learningRate?: number | Schedule;
  /** v ← momentum · v + gradient, as in PyTorch; 0 keeps no velocity. */
  readonly momentum?: number;
}

/** Stochastic gradient descent: θ ← θ - rate · v, with v the gradient or, when asked, its momentum. */
export class Sgd implements Optimizer {
  private readonly slots = new Slots(["velocity"]);
  private readonly learningRate: number | Schedule;
  private readonly momentum: number;

  constructor({ learningRate = 1e-2, momentum = 0 }: SgdOptions = {}) {
    this.learningRate = learningRate;
    this.momentum = momentum;
  }

  apply(variables: readonly Variable[], gradients: readonly Tensor[], step: number): void {
    const rate = rateAt(this.learningRate, step);
    variables.forEach((parameter, i) => {
      const velocity = this.momentum > 0 ? this.slots.of("velocity", i, parameter) : undefined;
      tidy(() => {
        velocity?.assign(add(mul(velocity, this.momentum), gradients[i]!));
        parameter.assign(sub(parameter, mul(velocity ?? gradients[i]!, rate)));
      });
    });
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return this.slots.state();
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    this.slots.restore(state);
  }

  [Symbol.dispose](): void {
    this.slots.dispose();
  }
}
