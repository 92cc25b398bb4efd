import type { Tensor } from "@tensorflow/tfjs-core";
import type { NumberType } from "../eager/elements.js";
import { writeModel } from "../graph/model.js";
import { traced } from "./compile.js";
import { current } from "./current.js";
import { Trace } from "./trace.js";

/** An input of an exported function. */
export interface ExportedInput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: NumberType;
}

export interface ExportOptions {
  readonly inputs: readonly ExportedInput[];
  /** Names of the function's values, in their order. */
  readonly outputs: readonly string[];
  /** What a reader of the file should know, by key. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The ONNX file (opset 20, standard operators only) of a function of tensors, its variables as constants. Shapes are
 * those of the inputs.
 *
 * @throws ReadError when the function reads values, CompileError when a kernel has no form in ONNX.
 */
export function exportOnnx(
  f: (inputs: Tensor[]) => readonly Tensor[],
  { inputs, outputs, metadata = {} }: ExportOptions,
): Uint8Array {
  const trace = new Trace(current(), { portable: true, constantVariables: true });
  const names = inputs.map(({ name }) => name);
  const found = traced(
    current(),
    trace,
    f,
    inputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype })),
    names,
  );
  return writeModel(trace.graph, found.outputs, { names: outputs, metadata });
}
