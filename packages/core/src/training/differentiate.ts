import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import {
  add,
  cast,
  clone,
  dispose,
  keep,
  reshape,
  stack,
  sum,
  tidy,
  variableGrads,
  zerosLike,
} from "../backend/engine.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import type { Objective } from "./types.js";

/** What one evaluation of a loss gives. The caller owns the tensors. */
export interface Derivative {
  readonly gradients: readonly Tensor[];
  readonly updates: readonly (readonly [Variable, Tensor])[];
  /** Names of the metrics. */
  readonly names: readonly string[];
  /** The loss, the sum of all gradients (finite exactly when they are, up to overflow), the metrics: one download. */
  readonly numbers: Tensor;
}

/** What of an objective is differentiated. */
export type Differentiable = Pick<Objective, "variables" | "loss">;

/** The loss, its gradient with respect to the objective's variables (zero where it does not depend on one), and what it says beside. */
export function differentiate(objective: Differentiable, batch: Rows, key: Key): Derivative {
  const kept: Tensor[] = [];
  const survive = <T extends Tensor>(tensor: T): T => {
    kept.push(keep(tensor));
    return tensor;
  };
  let derivative: Derivative | undefined;
  try {
    tidy(() => {
      derivative = evaluate(objective, batch, key, survive);
    });
  } catch (error) {
    dispose(kept);
    throw error;
  }
  return derivative!;
}

function evaluate(
  { variables, loss }: Differentiable,
  batch: Rows,
  key: Key,
  survive: <T extends Tensor>(tensor: T) => T,
): Derivative {
  let metrics: readonly (readonly [string, Scalar])[] = [];
  let updates: readonly (readonly [Variable, Tensor])[] = [];
  let failure: { readonly error: unknown } | undefined;
  const { value, grads } = variableGrads(() => {
    try {
      const result = loss(batch, key);
      // Copies, because the engine disposes what a differentiated function makes but for its value.
      metrics = Object.entries(result.metrics ?? {}).map(
        ([name, metric]) => [name, survive(clone(metric))] as const,
      );
      updates = [...(result.updates ?? [])].map(
        ([variable, tensor]) => [variable, survive(clone(tensor))] as const,
      );
      return result.loss;
    } catch (error) {
      // Guard: a throw through the engine's tape would leak what it saved for the backward pass.
      failure = { error };
      return sum(variables[0]!);
    }
  }, [...variables]);
  if (failure !== undefined) throw failure.error;
  const gradients = variables.map((variable) => survive(grads[variable.name] ?? zerosLike(variable)));
  const total = gradients.reduce<Tensor>((before, gradient) => add(before, sum(gradient)), zerosLike(value));
  const values = metrics.map(([, metric]) => cast(reshape(metric, []), "float32"));
  const numbers = survive(stack([value, total, ...values]));
  dispose(metrics.map(([, metric]) => metric));
  return { gradients, updates, names: metrics.map(([name]) => name), numbers };
}
