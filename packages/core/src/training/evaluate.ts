import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { CompiledLoss, compilerInUse, isCompilable, shapeOf } from "./compiled.js";
import { differentiate, type Derivative, type Differentiable } from "./differentiate.js";
import type { Compiler, Diagnosis } from "./types.js";

/** Batches of so many shapes keep their graphs: the usual one, and the last of an epoch. */
const capacity = 4;

/**
 * Evaluates a loss and its gradients, as one graph where the back end in use can compile it. What a loss closes over,
 * beside variables, must not change from step to step. A loss that can't be compiled is evaluated as it stands.
 */
export class Evaluator implements Disposable {
  private readonly losses = new Map<string, CompiledLoss>();
  private compiler: Compiler | undefined;
  private refused = false;
  private told: Diagnosis | undefined;

  constructor(private readonly objective: Differentiable) {}

  async evaluate(batch: Rows, key: Key): Promise<Derivative> {
    const compiled = this.compiled(batch, key);
    return compiled ? compiled.run(batch, key) : differentiate(this.objective, batch, key);
  }

  /** Why the loss isn't compiled, once. */
  takeDiagnosis(): Diagnosis | undefined {
    const told = this.told;
    this.told = undefined;
    return told;
  }

  private compiled(batch: Rows, key: Key): CompiledLoss | undefined {
    const compiler = compilerInUse();
    if (compiler !== this.compiler) this[Symbol.dispose]();
    this.compiler = compiler;
    if (!compiler || this.refused || !isCompilable(batch)) return undefined;
    const shape = shapeOf(batch);
    const known = this.losses.get(shape);
    if (known) {
      // The one used last comes last: the oldest is given up first.
      this.losses.delete(shape);
      this.losses.set(shape, known);
      return known;
    }
    try {
      const loss = new CompiledLoss(compiler, this.objective, batch, key);
      this.keep(shape, loss);
      return loss;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.refused = true;
      this.told = {
        kind: "not-compiled",
        remedy: `Training runs operation by operation, several times slower: ${error.message}`,
      };
      return undefined;
    }
  }

  private keep(shape: string, loss: CompiledLoss): void {
    this.losses.set(shape, loss);
    if (this.losses.size <= capacity) return;
    const [oldest, old] = this.losses.entries().next().value!;
    this.losses.delete(oldest);
    old[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    for (const loss of this.losses.values()) loss[Symbol.dispose]();
    this.losses.clear();
    this.refused = false;
  }
}

/** A back end's compiler says by these names that it can't take a function; all other errors are the loss's own. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && ["ReadError", "CompileError"].includes(error.name);
