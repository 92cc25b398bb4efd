import type { Tensor } from "@tensorflow/tfjs-core";
import type { NumberType } from "../eager/elements.js";
import { CompileError } from "../errors.js";
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
 * @throws RangeError for names that are empty or repeated, or shapes that are not whole numbers; ReadError when the
 * function reads values; CompileError when a kernel has no form in ONNX, or the names are not as many as the values.
 */
export function exportOnnx(
  f: (inputs: Tensor[]) => readonly Tensor[],
  { inputs, outputs, metadata = {} }: ExportOptions,
): Uint8Array {
  checkNames([...inputs.map(({ name }) => name), ...outputs]);
  for (const { name, shape } of inputs)
    if (!shape.every((size) => Number.isInteger(size) && size > 0))
      throw new RangeError(
        `The input "${name}" has the shape [${shape.join(", ")}]: sizes are whole, above 0.`,
      );
  const trace = new Trace(current(), { portable: true, constantVariables: true });
  const names = inputs.map(({ name }) => name);
  const found = traced(
    current(),
    trace,
    f,
    inputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype })),
    names,
  );
  if (found.outputs.length !== outputs.length)
    throw new CompileError(
      `The function has ${found.outputs.length} values, and ${outputs.length} names for them.`,
    );
  return writeModel(trace.graph, found.outputs, { names: outputs, metadata });
}

function checkNames(names: readonly string[]): void {
  names.forEach((name, i) => {
    if (name === "") throw new RangeError("An input or value to be exported has an empty name.");
    if (names.indexOf(name) !== i)
      throw new RangeError(`Two inputs or values to be exported are named "${name}".`);
  });
}
