import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Mode, Pass } from "./networks.js";

/** What has a pass of its own. */
export interface Part {
  run(x: Tensor, mode: Mode): Pass;
}

/** Parts one after another. */
export function through(parts: readonly Part[], x: Tensor, mode: Mode): Pass {
  const updates = new Map<Variable, Tensor>();
  let y = x;
  for (const part of parts) {
    const pass = part.run(y, mode);
    y = pass.y;
    for (const [each, value] of pass.updates) updates.set(each, value);
  }
  return { y, updates };
}
