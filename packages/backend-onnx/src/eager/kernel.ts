import { engine, type KernelConfig, type KernelFunc, type TensorInfo } from "@tensorflow/tfjs-core";
import { Graph } from "../graph/graph.js";
import { sizeOf } from "../graph/shapes.js";
import { Unsupported, type Value } from "../graph/types.js";
import type { Lowering } from "../lowerings/lowering.js";
import { isSynchronous } from "../runtime/binding.js";
import { feed, Session } from "../runtime/session.js";
import { OnnxBackend } from "./backend.js";
import { count } from "./calls.js";
import { elementsOf, isNumeric, type NumberType } from "./elements.js";
import { guards } from "./guards.js";
import { signature } from "./signature.js";

/** Kernels that only rename or create data: the cpu back end's own do so without computing. */
export const hostKernels: ReadonlySet<string> = new Set([
  "Identity",
  "Reshape",
  "ExpandDims",
  "Fill",
  "Range",
]);

/** Calls that were found to have no lowering for their types or attributes. */
const unsupported = new Set<string>();

/** Runs a kernel natively where its lowering covers the call, else as the cpu back end does. */
export function kernel({ kernelName, kernelFunc }: KernelConfig, lowering: Lowering | undefined): KernelFunc {
  const native = hostKernels.has(kernelName) ? undefined : lowering;
  return (call) => {
    const backend = engine().backend;
    if (!(backend instanceof OnnxBackend)) return kernelFunc(call);
    const inputs = call.inputs as Readonly<Record<string, TensorInfo>>;
    const attributes = call.attrs ?? {};
    if (backend.trace?.touches(inputs)) return backend.trace.record(kernelName, lowering, inputs, attributes);
    const result = native && run(backend, kernelName, native, inputs, attributes);
    if (result === undefined && !hostKernels.has(kernelName)) count("fallback", kernelName);
    return result ?? kernelFunc(call);
  };
}

function run(
  backend: OnnxBackend,
  kernelName: string,
  lowering: Lowering,
  inputs: Readonly<Record<string, TensorInfo>>,
  attributes: Readonly<Record<string, unknown>>,
): TensorInfo | TensorInfo[] | undefined {
  const given = Object.entries(inputs).filter(([, info]) => info as TensorInfo | undefined);
  if (given.length === 0 || !isSynchronous()) return undefined;
  for (const [, info] of given) if (!isNumeric(info.dtype) || info.shape.includes(0)) return undefined;
  const key = signature(kernelName, Object.values(inputs), attributes);
  if (unsupported.has(key)) return undefined;
  const guard = guards[kernelName];
  if (guard && !guard(inputs, attributes, (name) => elementsOf(backend, inputs[name]!))) return undefined;
  let session: Session;
  try {
    session = backend.sessions.get(key, () => build(lowering, given, attributes));
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    unsupported.add(key);
    return undefined;
  }
  count("native", kernelName);
  const feeds = Object.fromEntries(
    given.map(([, info], i) => [
      `in${i}`,
      feed(info.dtype as NumberType, info.shape, elementsOf(backend, info)),
    ]),
  );
  const results = session.run(feeds).map((data, i) => {
    const { shape, dtype } = session.outputs[i]!;
    return backend.makeTensorInfo([...shape], dtype as NumberType, data as Float32Array);
  });
  return results.length === 1 && !session.isList ? results[0]! : results;
}

function build(
  lowering: Lowering,
  given: readonly (readonly [string, TensorInfo])[],
  attributes: Readonly<Record<string, unknown>>,
): Session {
  const graph = new Graph({ keepsNaN: true });
  const values = given.map(
    ([name, info], i) => [name, graph.input(info.shape, info.dtype as NumberType, `in${i}`)] as const,
  );
  const result = lowering(graph, Object.fromEntries(values), attributes);
  const outputs = Array.isArray(result) ? (result as Value[]) : [result as Value];
  if (outputs.some((output) => sizeOf(output.shape) === 0)) throw new Unsupported("its result is empty");
  return new Session(graph, outputs, { threads: 1, isList: Array.isArray(result) });
}
