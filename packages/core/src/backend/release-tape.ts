import type { Tensor } from "@tensorflow/tfjs-core";
import { engine } from "./engine.js";

/**
 * Runs a computation that takes gradients and, when it throws, frees what the unfinished gradients had saved, which
 * TensorFlow.js would keep for ever.
 */
export function releasingTape<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    const { state } = engine();
    if (state.gradientDepth === 0) {
      freeSaved(state.activeTape);
    }
    throw error;
  }
}

/** Tensors that are freed already stay so; there is no tape where nothing was recorded. */
function freeSaved(tape: readonly { saved?: Tensor[] }[] | null): void {
  for (const node of tape ?? []) for (const tensor of node.saved ?? []) tensor.dispose();
}
