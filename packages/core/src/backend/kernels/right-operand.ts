import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { WasmBackend } from "./wasm-backend.js";

/** The shape in which the back end has packed a right operand. */
const packed = new WeakMap<object, string>();

/**
 * A right operand that the back end may multiply by. It packs one at the first product and finds the packed form again
 * by the data's id, whatever shape the data has by then: in another shape they are copied, for the caller to dispose of.
 */
export function rightOperand(engine: WasmBackend, b: TensorInfo): TensorInfo {
  const shape = b.shape.slice(-2).join();
  const before = packed.get(b.dataId) ?? shape;
  packed.set(b.dataId, before);
  if (before === shape) return b;
  const copy = engine.makeOutput(b.shape, "float32");
  engine.typedArrayFromHeap(copy).set(engine.typedArrayFromHeap(b));
  return copy;
}
