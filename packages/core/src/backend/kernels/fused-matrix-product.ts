import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { rightOperand } from "./right-operand.js";
import { runOne, swapLastAxes, wasm } from "./wasm-backend.js";

/** The fused matrix product with its operands transposed first: its transpose flags leave the fast path. */
export const fusedMatrixProduct = (original: KernelConfig, transpose: KernelConfig): KernelConfig => ({
  ...original,
  kernelFunc: ({ inputs, attrs, backend }): TensorInfo => {
    const engine = wasm(backend);
    const made: TensorInfo[] = [];
    const swap = (x: TensorInfo | undefined, flag: unknown): TensorInfo | undefined => {
      if (!x || !flag) return x;
      const turned = swapLastAxes(transpose, engine, x);
      made.push(turned);
      return turned;
    };
    const a = swap(inputs["a"], attrs?.["transposeA"]);
    const b = swap(inputs["b"], attrs?.["transposeB"]);
    const operand = b && rightOperand(engine, b);
    if (operand && operand !== b) made.push(operand);
    const output = runOne(original, {
      inputs: { ...inputs, a, b: operand },
      attrs: { ...attrs, transposeA: false, transposeB: false },
      backend,
    });
    for (const { dataId } of made) engine.disposeData(dataId);
    return output;
  },
});
