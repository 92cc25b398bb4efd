import type { DataType, KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";

/** What the repairs need of the wasm back end. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
  disposeData(dataId: object): boolean;
}

const isWasm = (backend: object): backend is WasmBackend =>
  "makeOutput" in backend && "typedArrayFromHeap" in backend && "disposeData" in backend;

/** The back end given to a kernel, known to be the wasm one. */
export function wasm(backend: object): WasmBackend {
  if (!isWasm(backend)) throw new Error("A kernel of the wasm back end ran on another one.");
  return backend;
}

/** Runs a kernel that has one output. */
export function runOne(
  kernel: KernelConfig,
  parameters: Parameters<KernelConfig["kernelFunc"]>[0],
): TensorInfo {
  const output = kernel.kernelFunc(parameters);
  return Array.isArray(output) ? output[0]! : output;
}

/** Swaps the last two axes with the back end's own kernel. */
export function swapLastAxes(transpose: KernelConfig, backend: WasmBackend, x: TensorInfo): TensorInfo {
  const rank = x.shape.length;
  const perm = x.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
  return runOne(transpose, { inputs: { x }, backend, attrs: { perm } });
}
