import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { wasm } from "./wasm-backend.js";

/** One-hot rows of the type that is asked for: the wasm back end's own kernel writes integers' bits into floats. */
export const oneHot = (own: KernelConfig): KernelConfig => ({
  kernelName: "OneHot",
  backendName: "wasm",
  ...(own.setupFunc && { setupFunc: own.setupFunc }),
  kernelFunc: (parameters): TensorInfo | TensorInfo[] => {
    const { inputs, backend, attrs } = parameters;
    const { indices } = inputs;
    if (attrs?.["dtype"] !== "float32" || !indices) return own.kernelFunc(parameters);
    const [depth, onValue, offValue] = ["depth", "onValue", "offValue"].map((name) =>
      Number(attrs[name]),
    ) as [number, number, number];
    const host = wasm(backend);
    const output = host.makeOutput([...indices.shape, depth], "float32");
    const places = host.typedArrayFromHeap(indices);
    const results = host.typedArrayFromHeap(output).fill(offValue);
    places.forEach((place, row) => {
      if (place >= 0 && place < depth) results[row * depth + place] = onValue;
    });
    return output;
  },
});
