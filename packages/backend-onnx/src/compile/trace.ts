import { engine, type DataId, type TensorInfo, type Variable } from "@tensorflow/tfjs-core";
import type { OnnxBackend } from "../eager/backend.js";
import { elementsOf, isNumeric, type NumberType } from "../eager/elements.js";
import { CompileError } from "../errors.js";
import { Graph, type GraphOptions } from "../graph/graph.js";
import { Unsupported, type Value } from "../graph/types.js";
import type { Lowering } from "../lowerings/lowering.js";

/**
 * Writes the kernels that a function calls into a graph instead of running them. What the function makes of its
 * inputs and of variables is a value of the graph; what it makes of anything else is computed at once, a constant.
 */
export class Trace {
  readonly graph: Graph;
  /** The variables that the function reads, and the graph's inputs for them. */
  readonly variables = new Map<Variable, Value>();
  private readonly values = new WeakMap<DataId, Value>();
  private readonly known: ReadonlyMap<DataId, Variable>;

  constructor(
    private readonly backend: OnnxBackend,
    options: GraphOptions & { readonly constantVariables?: boolean } = {},
  ) {
    this.graph = new Graph(options);
    const all = Object.values(engine().state.registeredVariables);
    const fed = options.constantVariables === true ? [] : all;
    this.known = new Map(fed.map((variable) => [variable.dataId, variable]));
  }

  /** Whether a tensor's elements are known only when the graph runs. */
  has(dataId: DataId): boolean {
    return this.values.has(dataId) || this.known.has(dataId);
  }

  touches(inputs: Readonly<Record<string, TensorInfo>>): boolean {
    return Object.values(inputs).some((input) => (input as TensorInfo | undefined) && this.has(input.dataId));
  }

  /** A tensor that stands for an input of the graph. */
  input(shape: readonly number[], dtype: NumberType, name?: string): { info: TensorInfo; value: Value } {
    const value = this.graph.input(shape, dtype, name);
    return { info: this.stand(value), value };
  }

  /** Makes a tensor that has values an input of the graph, from here on. */
  feed({ dataId, shape, dtype }: TensorInfo): Value {
    if (!isNumeric(dtype)) throw new CompileError(`An input of type ${dtype} can't be compiled.`);
    const value = this.graph.input(shape, dtype);
    this.values.set(dataId, value);
    return value;
  }

  /** The graph's value for a tensor. */
  valueOf(info: TensorInfo): Value {
    const known = this.values.get(info.dataId);
    if (known) return this.graph.reshape(known, info.shape);
    const variable = this.known.get(info.dataId);
    if (variable) return this.graph.reshape(this.parameter(variable), info.shape);
    if (!isNumeric(info.dtype)) throw new CompileError(`A tensor of type ${info.dtype} can't be compiled.`);
    return this.graph.constant(elementsOf(this.backend, info).slice(), info.shape, info.dtype);
  }

  record(
    kernelName: string,
    lowering: Lowering | undefined,
    inputs: Readonly<Record<string, TensorInfo>>,
    attributes: Readonly<Record<string, unknown>>,
  ): TensorInfo | TensorInfo[] {
    if (!lowering)
      throw new CompileError(`The kernel ${kernelName} can't be compiled: it has no form in ONNX.`);
    const given = Object.entries(inputs).filter(([, info]) => info as TensorInfo | undefined);
    const values = Object.fromEntries(given.map(([name, info]) => [name, this.valueOf(info)]));
    try {
      const result = lowering(this.graph, values, attributes);
      return Array.isArray(result)
        ? (result as Value[]).map((value) => this.stand(value))
        : this.stand(result as Value);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      throw new CompileError(`The kernel ${kernelName} can't be compiled: ${error.message}.`, {
        cause: error,
      });
    }
  }

  private parameter(variable: Variable): Value {
    const known = this.variables.get(variable);
    if (known) return known;
    const value = this.graph.input(variable.shape, variable.dtype as NumberType);
    this.variables.set(variable, value);
    return value;
  }

  private stand(value: Value): TensorInfo {
    const info = this.backend.makeTensorInfo([...value.shape], value.dtype as NumberType);
    this.values.set(info.dataId, value);
    return info;
  }
}
