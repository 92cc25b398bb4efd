import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { env, type DataId, type Tensor } from "@tensorflow/tfjs-core";
import { compile, type Compiled, type Traceable } from "../compile/compile.js";
import type { Trace } from "../compile/trace.js";
import { ReadError } from "../errors.js";
import { adam, type AdamConstants, type AdamUpdate } from "../optimizer/adam.js";
import { inPlace } from "../optimizer/arena.js";
import { isSynchronous, openRuntime } from "../runtime/binding.js";
import { SessionCache } from "../runtime/session-cache.js";
import { matrixProduct, type ProductShape } from "./matrix-product.js";

/** How many kernels stay ready to run; a model trains with one or two hundred. */
const capacity = 2000;

/**
 * Tensors are typed arrays, as on the cpu back end, whose kernels run on them as they are; the others run as small
 * graphs of ONNX Runtime.
 */
export class OnnxBackend extends MathBackendCPU {
  readonly sessions = new SessionCache(capacity);
  /** What is being written down, while a function is compiled. */
  trace: Trace | undefined;

  constructor() {
    super();
    openRuntime();
    // The cpu back end greets its user at the first tensor; its advice is not for this one.
    (this as unknown as { firstUse: boolean }).firstUse = false;
  }

  /** Whether compiled functions answer at once. */
  get isSynchronous(): boolean {
    return isSynchronous();
  }

  /** Makes one graph of a function on tensors; undefined when the flag `ONNX_COMPILED` is off. */
  get compile(): ((f: Traceable, inputs: readonly Tensor[]) => Compiled) | undefined {
    if (!env().getBool("ONNX_COMPILED")) return undefined;
    return (f, inputs) => compile(this, f, inputs);
  }

  /** The product of float64 matrices, for libraries that compute beside tensors; undefined without ONNX Runtime's synchronous door. */
  get matrixProduct(): ((a: Float64Array, b: Float64Array, shape: ProductShape) => Float64Array) | undefined {
    if (!isSynchronous()) return undefined;
    return (a, b, shape) => matrixProduct(this.sessions, a, b, shape);
  }

  /** One step of Adam on several parameters, in place. */
  adam(updates: readonly AdamUpdate[], constants: AdamConstants): void {
    adam(this, updates, constants);
  }

  override readSync(dataId: DataId) {
    this.refuse(dataId);
    const values = super.readSync(dataId);
    return values instanceof Float32Array && inPlace.has(values.buffer) ? values.slice() : values;
  }

  override read(dataId: DataId) {
    return Promise.resolve(this.readSync(dataId));
  }

  override dispose(): void {
    this.sessions.dispose();
  }

  private refuse(dataId: DataId): void {
    if (this.trace?.has(dataId))
      throw new ReadError(
        "A compiled function can't read the values of a tensor: they are known only when it runs. " +
          "Keep to operations on tensors, or leave it uncompiled.",
      );
  }
}
