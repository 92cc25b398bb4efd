import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import type { Numbers } from "../graph/types.js";

/** The element types that ONNX Runtime computes with; texts and complex numbers stay with the cpu kernels. */
export type NumberType = "float32" | "int32" | "bool";

export const isNumeric = (dtype: DataType): dtype is NumberType =>
  dtype === "float32" || dtype === "int32" || dtype === "bool";

/** A tensor's elements as ONNX Runtime reads them; cpu kernels leave some in arrays of another type. */
export function elementsOf(backend: MathBackendCPU, { dataId, dtype }: TensorInfo): Numbers {
  const values = backend.data.get(dataId).values as unknown as Numbers | number[];
  if (dtype === "float32")
    return values instanceof Float32Array ? values : Float32Array.from(values as number[]);
  if (dtype === "int32") return values instanceof Int32Array ? values : Int32Array.from(values as number[]);
  return values instanceof Uint8Array ? values : Uint8Array.from(values as number[]);
}
