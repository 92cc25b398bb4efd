import type { Tensor } from "@tensorflow/tfjs-core";
import { current } from "./current.js";
import { compile as make, type Compiled, type Traceable } from "./compile.js";

/**
 * Traces a function of tensors, with whatever gradients it takes, into one ONNX graph. Variables that it reads are
 * read anew at every run; any other tensor that it closes over is a constant. So are random numbers of TensorFlow.js
 * (`randomNormal`, `dropout`), the same at every run: draw them outside and pass them, or declare them by `asInput`.
 *
 * @param f must be pure: its tensors are without values while it is traced.
 * @param inputs tensors of the shapes and types that it will be run with.
 * @throws ReadError when the function reads values; CompileError when a kernel has no form in ONNX, or the function
 * assigns to variables or returns no list.
 */
export const compile = (f: Traceable, inputs: readonly Tensor[]): Compiled => make(current(), f, inputs);
