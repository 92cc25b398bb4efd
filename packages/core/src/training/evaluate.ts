import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { CompiledLoss, isCompilable, shapeOf } from "./compiled.js";
import { differentiate, type Derivative, type Differentiable } from "./differentiate.js";
import { Graphs } from "./graphs.js";
import type { Diagnosis } from "./types.js";

/**
 * Evaluates a loss and its gradients, as one graph where the back end in use can compile it. What a loss closes over,
 * beside variables, must not change from step to step. A loss that can't be compiled is evaluated as it stands.
 */
export class Evaluator implements Disposable {
  private readonly graphs = new Graphs<CompiledLoss>();

  constructor(private readonly objective: Differentiable) {}

  async evaluate(batch: Rows, key: Key): Promise<Derivative> {
    const { objective } = this;
    const compiled = isCompilable(batch)
      ? this.graphs.get(shapeOf(batch), (compiler) => new CompiledLoss(compiler, objective, batch, key))
      : undefined;
    return compiled ? compiled.run(batch, key) : differentiate(objective, batch, key);
  }

  /** Why the loss isn't compiled, once. */
  takeDiagnosis(): Diagnosis | undefined {
    const refusal = this.graphs.takeRefusal();
    return (
      refusal && {
        kind: "not-compiled",
        remedy: `Training runs operation by operation, several times slower: ${refusal.message}`,
      }
    );
  }

  [Symbol.dispose](): void {
    this.graphs[Symbol.dispose]();
  }
}
