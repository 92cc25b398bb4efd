import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { OnnxBackend } from "../eager/backend.js";
import { elementsOf } from "../eager/elements.js";
import { Arena } from "./arena.js";

/** One parameter, its gradient and its moments; `shrink` is what decay leaves of it, 1 without decay. */
export interface AdamUpdate {
  readonly parameter: Variable;
  readonly gradient: Tensor;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  readonly shrink: number;
}

export interface AdamConstants {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The learning rate over 1 - beta1^t. */
  readonly stepSize: number;
  /** √(1 - beta2^t). */
  readonly rootCorrection: number;
}

const arenas = new WeakMap<Variable, Arena>();

/** Updates parameters and moments in place; all are float32. */
export function adam(backend: OnnxBackend, updates: readonly AdamUpdate[], constants: AdamConstants): void {
  const [first] = updates;
  if (!first) return;
  const variables = updates.flatMap((update) => [update.parameter, update.firstMoment, update.secondMoment]);
  const known = arenas.get(first.firstMoment);
  const arena = known?.has(variables) === true ? known : new Arena(variables);
  arenas.set(first.firstMoment, arena);
  const { beta1, beta2, epsilon, stepSize, rootCorrection } = constants;
  for (const { parameter, gradient, firstMoment, secondMoment, shrink } of updates) {
    arena.gradient.set(elementsOf(backend, gradient) as Float32Array);
    arena.adam(
      arena.address(backend, parameter),
      arena.gradientAddress,
      arena.address(backend, firstMoment),
      arena.address(backend, secondMoment),
      4 * parameter.size,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      stepSize,
      1 / rootCorrection,
      epsilon,
      shrink,
    );
  }
}
