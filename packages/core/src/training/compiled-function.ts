import type { Tensor } from "@tensorflow/tfjs-core";
import { compilerInUse } from "./compiled.js";
import { Graphs } from "./graphs.js";
import type { Compiled } from "./types.js";

/** A function of tensors that reads no values. */
type TensorMap = (inputs: readonly Tensor[]) => readonly Tensor[];

/**
 * A function of tensors that is asked again and again, such as the network of a draw: one graph for each shape of its
 * inputs where the back end in use compiles what runs at once, elsewhere operation by operation. What it closes over,
 * beside variables, must not change.
 */
export class CompiledFunction implements Disposable {
  private readonly graphs = new Graphs<Compiled>();

  constructor(private readonly f: TensorMap) {}

  /** The function's values; they belong to the scope around. */
  call(inputs: readonly Tensor[]): readonly Tensor[] {
    if (compilerInUse()?.isSynchronous !== true) return this.f(inputs);
    const shape = inputs.map((input) => `${input.dtype} ${input.shape.join()}`).join("; ");
    const graph = this.graphs.get(shape, (compiler) => compiler.compile(this.f, inputs));
    return graph ? (graph.run(inputs) as Tensor[]) : this.f(inputs);
  }

  [Symbol.dispose](): void {
    this.graphs[Symbol.dispose]();
  }
}
