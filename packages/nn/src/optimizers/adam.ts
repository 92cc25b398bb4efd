import {
  add,
  backend,
  div,
  mul,
  sqrt,
  square,
  sub,
  tidy,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { NamedArray, Optimizer } from "@gen/core";
import { rateAt, type Schedule } from "./schedules.js";
import { Slots } from "./slots.js";

export interface AdamOptions {
  /** A number or a schedule; 0.001 by default. */
  readonly learningRate?: number | Schedule;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled weight decay per unit of learning rate; 0 is plain Adam. */
  readonly weightDecay?: number;
  /** Which parameters decay: by default those of two axes or more, not biases and scales. */
  readonly decays?: (variable: Variable) => boolean;
}

/**
 * Adam (Adam: a method for stochastic optimization, Kingma & Ba, 2015), with decoupled weight decay when asked
 * (Decoupled weight decay regularization, Loshchilov & Hutter, 2019). ε stands outside the bias-corrected root, as
 * in PyTorch.
 */
export class Adam implements Optimizer {
  private readonly slots = new Slots(["firstMoment", "secondMoment"]);
  private readonly options: Required<AdamOptions>;

  constructor({
    learningRate = 1e-3,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    weightDecay = 0,
    decays = (variable) => variable.rank >= 2,
  }: AdamOptions = {}) {
    this.options = { learningRate, beta1, beta2, epsilon, weightDecay, decays };
  }

  apply(variables: readonly Variable[], gradients: readonly Tensor[], step: number): void {
    const { learningRate, beta1, beta2, epsilon, weightDecay, decays } = this.options;
    const rate = rateAt(learningRate, step);
    const stepSize = rate / (1 - beta1 ** (step + 1));
    const rootCorrection = Math.sqrt(1 - beta2 ** (step + 1));
    const updates = variables.map((parameter, i) => ({
      parameter,
      gradient: gradients[i]!,
      firstMoment: this.slots.of("firstMoment", i, parameter),
      secondMoment: this.slots.of("secondMoment", i, parameter),
      shrink: weightDecay > 0 && decays(parameter) ? 1 - rate * weightDecay : 1,
    }));
    const native = nativeAdam();
    if (native) {
      native.adam(updates, { beta1, beta2, epsilon, stepSize, rootCorrection });
      return;
    }
    for (const { parameter, gradient, firstMoment, secondMoment, shrink } of updates) {
      tidy(() => {
        firstMoment.assign(add(mul(firstMoment, beta1), mul(gradient, 1 - beta1)));
        secondMoment.assign(add(mul(secondMoment, beta2), mul(square(gradient), 1 - beta2)));
        const direction = div(firstMoment, add(mul(sqrt(secondMoment), 1 / rootCorrection), epsilon));
        const shrunk = shrink === 1 ? parameter : mul(parameter, shrink);
        parameter.assign(sub(shrunk, mul(direction, stepSize)));
      });
    }
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

/** Optional ability of a back end: the same step on all parameters at once, in place. */
interface NativeAdam {
  adam(
    updates: readonly {
      readonly parameter: Variable;
      readonly gradient: Tensor;
      readonly firstMoment: Variable;
      readonly secondMoment: Variable;
      readonly shrink: number;
    }[],
    constants: Readonly<Record<"beta1" | "beta2" | "epsilon" | "stepSize" | "rootCorrection", number>>,
  ): void;
}

function nativeAdam(): NativeAdam | undefined {
  const used: object = backend();
  return "adam" in used && typeof used.adam === "function" ? (used as NativeAdam) : undefined;
}

/** Adam with weight decay: 0.01 by default, as PyTorch's AdamW, but on matrices only. */
export const adamW = (options: AdamOptions = {}): Adam => new Adam({ weightDecay: 0.01, ...options });
