import { compilerInUse } from "./compiled.js";
import type { Compiler } from "./types.js";

/** Inputs of so many shapes keep their graphs: the usual one, and the last of an epoch. */
const capacity = 4;

/** The graphs of one function, one for each shape of its inputs, where the back end in use compiles. */
export class Graphs<G extends Disposable> implements Disposable {
  private readonly graphs = new Map<string, G>();
  private compiler: Compiler | undefined;
  private refused = false;
  private told: Error | undefined;

  /** The graph for a shape, made when first asked for; undefined where nothing compiles or the function can't be. */
  get(shape: string, make: (compiler: Compiler) => G): G | undefined {
    const compiler = compilerInUse();
    if (compiler !== this.compiler) this[Symbol.dispose]();
    this.compiler = compiler;
    if (!compiler) return undefined;
    const known = this.graphs.get(shape);
    if (known) {
      // The one used last comes last: the oldest is given up first.
      this.graphs.delete(shape);
      this.graphs.set(shape, known);
      return known;
    }
    if (this.refused) return undefined;
    try {
      return this.kept(shape, make(compiler));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.refused = true;
      this.told = error;
      return undefined;
    }
  }

  /** Why the function isn't compiled, once. */
  takeRefusal(): Error | undefined {
    const told = this.told;
    this.told = undefined;
    return told;
  }

  private kept(shape: string, graph: G): G {
    this.graphs.set(shape, graph);
    if (this.graphs.size > capacity) {
      const [oldest, old] = this.graphs.entries().next().value!;
      this.graphs.delete(oldest);
      old[Symbol.dispose]();
    }
    return graph;
  }

  [Symbol.dispose](): void {
    for (const graph of this.graphs.values()) graph[Symbol.dispose]();
    this.graphs.clear();
    this.refused = false;
  }
}

/**
 * A back end's compiler, and the recording of draws, say by these names that they can't take a function; all other
 * errors are the function's own.
 */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && ["ReadError", "CompileError", "RecordingError"].includes(error.name);
