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

/** Reorders axes with the back end's own kernel. */
export const permute = (
  transpose: KernelConfig,
  backend: WasmBackend,
  x: TensorInfo,
  perm: number[],
): TensorInfo => runOne(transpose, { inputs: { x }, backend, attrs: { perm } });

/** Swaps the last two axes. */
export function swapLastAxes(transpose: KernelConfig, backend: WasmBackend, x: TensorInfo): TensorInfo {
  const rank = x.shape.length;
  return permute(
    transpose,
    backend,
    x,
    x.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis)),
  );
}

/** Whether some of the arrays have no elements. */
export const isEmpty = (...arrays: Pick<TensorInfo, "shape">[]): boolean =>
  arrays.some(({ shape }) => shape.includes(0));

/** An array of zeros; what the back end hands out holds what lay there before. */
export function zeros(backend: WasmBackend, shape: number[]): TensorInfo {
  const output = backend.makeOutput(shape, "float32");
  backend.typedArrayFromHeap(output).fill(0);
  return output;
}
