import {
  neg,
  sub,
  sum,
  tensor,
  tidy,
  variableGrads,
  type Scalar,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { Key, Rows } from "@gen/core";
import type { Vae } from "../model.js";

/** The gradient of the negative bound, summed over rows, for each parameter by its path. */
export function lossGradients(model: Vae, x: Rows, key: Key): Readonly<Record<string, Float32Array>> {
  return tidy(() => {
    const { grads } = variableGrads(() => {
      const { reconstruction, divergence } = model.terms(x, key);
      return neg(sum<Scalar>(sub(reconstruction, divergence)));
    });
    return Object.fromEntries(
      Object.entries(model.variables).map(([path, variable]) => [
        path,
        grads[variable.name]!.dataSync<"float32">().slice(),
      ]),
    );
  });
}

/** Gives a parameter other values. */
export function assign(variable: Variable, values: Float32Array): void {
  tidy(() => variable.assign(tensor(values, variable.shape)));
}
