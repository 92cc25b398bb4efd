import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { wasm } from "./wasm-backend.js";

/** log(1 + x) with all digits for small x: the wasm back end's own kernel adds first and loses them. */
export const log1p: KernelConfig = {
  kernelName: "Log1p",
  backendName: "wasm",
  kernelFunc: ({ inputs, backend }): TensorInfo => {
    const { x } = inputs;
    if (!x) throw new Error("Log1p: the input is missing.");
    const host = wasm(backend);
    const output = host.makeOutput(x.shape, "float32");
    // Both views are taken after the output is made, which may move the heap.
    const values = host.typedArrayFromHeap(x);
    const results = host.typedArrayFromHeap(output);
    for (let i = 0; i < results.length; i++) results[i] = Math.log1p(values[i]!);
    return output;
  },
};
