import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { runOne, swapLastAxes, wasm } from "./wasm-backend.js";

/** The fused matrix product with its operands transposed first: its transpose flags leave the fast path. */
export const fusedMatrixProduct = (original: KernelConfig, transpose: KernelConfig): KernelConfig => ({
  ...original,
  kernelFunc: ({ inputs, attrs, backend }): TensorInfo => {
    const engine = wasm(backend);
    const swapped: TensorInfo[] = [];
    const swap = (x: TensorInfo | undefined, flag: unknown): TensorInfo | undefined => {
      if (!x || !flag) return x;
      const turned = swapLastAxes(transpose, engine, x);
      swapped.push(turned);
      return turned;
    };
    const output = runOne(original, {
      inputs: {
        ...inputs,
        a: swap(inputs["a"], attrs?.["transposeA"]),
        b: swap(inputs["b"], attrs?.["transposeB"]),
      },
      attrs: { ...attrs, transposeA: false, transposeB: false },
      backend,
    });
    for (const { dataId } of swapped) engine.disposeData(dataId);
    return output;
  },
});
