import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { add, clone, dispose, keep, makeTensor, mul, sub, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import { CompiledFunction } from "./compiled-function.js";
import { hasDiverged } from "./diverged.js";
import type { NamedArray, Trainer } from "./types.js";
import { checkArray, toTensor, variablesState } from "./variables.js";

/** What `averaged` takes. */
export interface AveragedOptions {
  readonly variables: readonly Variable[];
  /** The weight of the old average, from 0 up to but not 1. */
  readonly decay: number;
}

/**
 * The decay at a step t counted from 0: min(decay, (1 + t) / (10 + t)). The ramp forgets the initial values early,
 * so that no bias correction is needed.
 */
export const averageDecay = (decay: number, step: number): number =>
  Math.min(decay, (1 + step) / (10 + step));

/**
 * A trainer whose variables hold, outside of `step`, the exponential moving average of the trained values:
 * average ← d · average + (1 − d) · value, with `averageDecay` as d. The trained values are part of its state.
 * Owns the trainer, and disposes it too when it throws `InputError` because the decay is not in [0, 1).
 * Source: Acceleration of stochastic approximation by averaging (Polyak & Juditsky, 1992).
 */
export function averaged(trainer: Trainer, { variables, decay }: AveragedOptions): Trainer {
  if (!(decay >= 0 && decay < 1)) {
    trainer[Symbol.dispose]();
    throw new InputError(`The decay of an average must be from 0 up to but not 1, but is ${decay}.`);
  }
  const blend = new CompiledFunction(([weight, ...tensors]) =>
    variables.map((_, i) => {
      const [before, value] = [tensors[i]!, tensors[variables.length + i]!];
      return add(mul(weight!, before), mul(sub(1, weight!), value));
    }),
  );
  let trained: readonly Tensor[] | undefined;
  const hold = (tensors: readonly Tensor[] | undefined): void => {
    if (trained !== undefined) dispose([...trained]);
    trained = tensors;
  };
  const copies = (): Tensor[] => tidy(() => variables.map((variable) => keep(clone(variable))));
  const assign = (values: readonly Tensor[]): void => {
    variables.forEach((variable, i) => variable.assign(values[i]!));
  };
  const rawName = (i: number): string => `trained/${i}`;

  return {
    consumes: trainer.consumes,
    ...(trainer.config !== undefined && { config: trainer.config }),
    ...(trainer.start !== undefined && {
      async start(
        data: Parameters<NonNullable<Trainer["start"]>>[0],
        key: Parameters<NonNullable<Trainer["start"]>>[1],
      ) {
        await trainer.start?.(data, key);
        hold(undefined);
      },
    }),
    async step(data, at) {
      let average = copies();
      try {
        assign(trained ?? average);
        const step = await trainer.step(data, at);
        if (hasDiverged(step.diagnoses)) return step;
        const values = copies();
        hold(values);
        const before = average;
        const weight = averageDecay(decay, at.step);
        average = tidy(() => blend.call([makeTensor(weight), ...before, ...values]).map(keep));
        dispose(before);
        return step;
      } finally {
        assign(average);
        dispose(average);
      }
    },
    async state() {
      const inner = await trainer.state();
      const raw = await variablesState(
        Object.fromEntries((trained ?? variables).map((value, i) => [rawName(i), value])),
      );
      return new Map<string, NamedArray>([
        ...raw,
        ...[...inner].map(([name, array]) => [`trainer/${name}`, array] as const),
      ]);
    },
    restore(state) {
      const inner = new Map<string, NamedArray>();
      for (const [name, array] of state) {
        if (name.startsWith("trainer/")) inner.set(name.slice("trainer/".length), array);
        else if (!variables.some((_, i) => rawName(i) === name))
          throw new InputError(`The saved state has an unknown array "${name}".`);
      }
      variables.forEach((variable, i) => checkArray(rawName(i), variable, state.get(rawName(i))));
      trainer.restore(inner);
      hold(tidy(() => variables.map((variable, i) => keep(toTensor(state.get(rawName(i))!, variable)))));
    },
    [Symbol.dispose]() {
      hold(undefined);
      blend[Symbol.dispose]();
      trainer[Symbol.dispose]();
    },
  };
}
