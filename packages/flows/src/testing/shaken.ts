import { add, mul, tidy } from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { normal } from "@gen/core/random";
import type { FlowModel } from "../flow/flow-model.js";

/** The model with all that is learned moved a little, so that no layer is the identity any more. */
export function shaken(model: FlowModel, by = 0.1): FlowModel {
  for (const [path, variable] of Object.entries(model.variables)) {
    if (!variable.trainable) continue;
    tidy(() => variable.assign(add(variable, mul(normal(key(9).fold(path), variable.shape), by))));
  }
  return model;
}
