import { engine, env, keep, Tensor, tidy, type TensorInfo, type Variable } from "@tensorflow/tfjs-core";
import type { OnnxBackend } from "../eager/backend.js";
import { elementsOf, isNumeric, type NumberType } from "../eager/elements.js";
import { CompileError } from "../errors.js";
import { sameShape } from "../graph/shapes.js";
import type { Numbers, Value } from "../graph/types.js";
import { isSynchronous, type Feed } from "../runtime/binding.js";
import { AsyncSession } from "../runtime/async-session.js";
import { feed, Session } from "../runtime/session.js";
import { Trace } from "./trace.js";

/**
 * A function that is compiled. Tensors that it makes itself and that differ from run to run (random numbers) it
 * declares by `asInput`, before it uses them: they become inputs, after those that it was given, in that order.
 */
export type Traceable = (inputs: Tensor[], asInput: (tensor: Tensor) => void) => readonly Tensor[];

/** A function of tensors as one graph, for inputs of the shapes that it was compiled with. */
export interface Compiled {
  /**
   * The function's values, at once where ONNX Runtime's synchronous door is known, else later; the caller owns the
   * tensors. Throws `RangeError` for inputs of other shapes or types.
   */
  run(inputs: readonly Tensor[]): Tensor[] | Promise<Tensor[]>;
  /** Frees the graph's memory. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** What a function was found to compute. */
interface Traced {
  readonly trace: Trace;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** Runs a function once on tensors without values, and gives the graph of what it did. */
export function traced(
  backend: OnnxBackend,
  trace: Trace,
  f: Traceable,
  inputs: readonly Pick<TensorInfo, "shape" | "dtype">[],
  names?: readonly string[],
): Traced {
  if (backend.trace) throw new CompileError("A function that is being compiled can't compile another.");
  const before = keptVariables();
  backend.trace = trace;
  let result: Traced | undefined;
  try {
    tidy(() => {
      const stands = inputs.map(({ shape, dtype }, i) => {
        if (!isNumeric(dtype)) throw new CompileError(`An input of type ${dtype} can't be compiled.`);
        return trace.input(shape, dtype, names?.[i]);
      });
      const tensors = stands.map(({ info }) => engine().makeTensorFromTensorInfo(info));
      const values = stands.map(({ value }) => value);
      const outputs: unknown = f(tensors, (tensor) => values.push(trace.feed(tensor)));
      if (!isListOfTensors(outputs))
        throw new CompileError("A function that is compiled must return a list of tensors.");
      result = { trace, inputs: values, outputs: outputs.map((tensor) => trace.valueOf(tensor)) };
    });
  } finally {
    backend.trace = undefined;
    before.restore();
  }
  if (before.assigned.length > 0)
    throw new CompileError(
      `A function that is compiled can't assign to variables (${before.assigned.join(", ")}), as an optimizer's ` +
        "minimize does: return the new values, or the gradients, and assign them after the run.",
    );
  return result!;
}

const isListOfTensors = (value: unknown): value is readonly Tensor[] =>
  Array.isArray(value) && value.every((each) => each instanceof Tensor);

/** Holds the values of all variables, to give them back to those that are assigned to while a function is traced. */
function keptVariables(): { readonly assigned: string[]; restore(): void } {
  const variables = Object.values(engine().state.registeredVariables);
  const held = variables.map((variable) => keep(variable.clone()));
  const assigned: string[] = [];
  return {
    assigned,
    restore() {
      variables.forEach((variable, i) => {
        const value = held[i]!;
        if (!variable.isDisposed && variable.dataId !== value.dataId) {
          assigned.push(variable.name);
          variable.assign(value);
        }
        value.dispose();
      });
    },
  };
}

/** Makes one graph of a function; see `compile` of the package. */
export function compile(backend: OnnxBackend, f: Traceable, inputs: readonly Tensor[]): Compiled {
  const { trace, inputs: values, outputs } = traced(backend, new Trace(backend), f, inputs);
  const threads = env().getNumber("ONNX_THREADS");
  const session = isSynchronous()
    ? new Session(trace.graph, outputs, { threads })
    : new AsyncSession(trace.graph, outputs, threads);
  const tensorsOf = (results: readonly Numbers[]): Tensor[] =>
    outputs.map(({ shape, dtype }, i) => tensorOf(backend, shape, dtype as NumberType, results[i]!));
  const parameters = [...trace.variables];
  let disposed = false;
  const dispose = (): void => {
    if (!disposed) session.dispose();
    disposed = true;
  };
  return {
    run(given) {
      if (disposed) throw new Error("This compiled function was disposed: compile it anew.");
      const feeds: Record<string, Feed> = {};
      values.forEach((value, i) => {
        feeds[value.name] = fed(backend, value, given[i]);
      });
      for (const [variable, value] of parameters) feeds[value.name] = fedVariable(backend, value, variable);
      const results = session.run(feeds);
      return results instanceof Promise ? results.then(tensorsOf) : tensorsOf(results);
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

function fed(backend: OnnxBackend, value: Value, tensor: Tensor | undefined): Feed {
  if (!tensor || !sameShape(tensor.shape, value.shape) || tensor.dtype !== value.dtype)
    throw new RangeError(
      `A compiled function takes ${value.dtype} [${value.shape.join(", ")}] here, ` +
        `not ${tensor ? `${tensor.dtype} [${tensor.shape.join(", ")}]` : "nothing"}: compile it anew for other shapes.`,
    );
  if (tensor.isDisposed) throw new Error("An input of a compiled function was disposed.");
  return feed(value.dtype, value.shape, elementsOf(backend, tensor));
}

function fedVariable(backend: OnnxBackend, value: Value, variable: Variable): Feed {
  if (variable.isDisposed)
    throw new Error(`The variable "${variable.name}" of a compiled function was disposed.`);
  return feed(value.dtype, value.shape, elementsOf(backend, variable));
}

const tensorOf = (backend: OnnxBackend, shape: readonly number[], dtype: NumberType, data: Numbers): Tensor =>
  engine().makeTensorFromTensorInfo(backend.makeTensorInfo([...shape], dtype, data as Float32Array), backend);
