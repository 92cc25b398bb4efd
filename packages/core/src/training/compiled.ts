import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { clone, dispose, engine, tidy } from "../backend/engine.js";
import { tensor } from "../data/transfer.js";
import type { Rows } from "../data/types.js";
import { recordDraws, redraw, type RecordedDraw } from "../random/recording.js";
import type { Key } from "../random/types.js";
import { differentiate, type Derivative, type Differentiable } from "./differentiate.js";
import type { Compiled, Compiler } from "./types.js";

/** The compiler of the back end in use, where it has one. */
export function compilerInUse(): Compiler | undefined {
  const backend: object = engine().backend;
  return "compile" in backend && typeof backend.compile === "function" ? (backend as Compiler) : undefined;
}

/** A loss with its gradients as one graph, for batches of one shape. */
export class CompiledLoss implements Disposable {
  private readonly graph: Compiled;
  private draws: readonly RecordedDraw[] = [];
  private names: readonly string[] = [];
  private updated: readonly Variable[] = [];
  private readonly gradients: number;

  constructor(compiler: Compiler, objective: Differentiable, batch: Rows, key: Key) {
    this.gradients = objective.variables.length;
    const columns = Object.entries(batch.columns);
    const inputs = uploaded(batch);
    const made: Derivative[] = [];
    try {
      this.graph = compiler.compile((tensors, asInput) => {
        const stands = columns.map(([name, column], i) => [name, { ...column, data: tensors[i]! }] as const);
        const rows: Rows = { length: batch.length, columns: Object.fromEntries(stands) };
        const { result, draws } = recordDraws(
          key,
          (recording) => differentiate(objective, rows, recording),
          (draw) => {
            asInput(draw.tensor);
          },
        );
        made.push(result);
        this.draws = draws;
        this.names = result.names;
        this.updated = result.updates.map(([variable]) => variable);
        return [result.numbers, ...result.gradients, ...result.updates.map(([, value]) => value)];
      }, inputs);
    } finally {
      dispose(inputs);
      for (const { numbers, gradients, updates } of made)
        dispose([numbers, ...gradients, ...updates.map(([, value]) => value)]);
    }
  }

  /** As `differentiate`; the caller owns the tensors. */
  async run(batch: Rows, key: Key): Promise<Derivative> {
    const inputs = tidy(() => [...uploaded(batch), ...redraw(this.draws, key)]);
    try {
      const [numbers, ...rest] = await this.graph.run(inputs);
      const updates = this.updated.map((variable, i) => [variable, rest[this.gradients + i]!] as const);
      return {
        numbers: numbers!,
        gradients: rest.slice(0, this.gradients),
        updates,
        names: this.names,
      };
    } finally {
      dispose(inputs);
    }
  }

  [Symbol.dispose](): void {
    this.graph[Symbol.dispose]();
  }
}

const uploaded = (batch: Rows): Tensor[] =>
  tidy(() => Object.keys(batch.columns).map((name) => clone(tensor(batch, name))));

/** What tells one compiled loss from another: each column's name, shape and type. */
export const shapeOf = (batch: Rows): string =>
  Object.entries(batch.columns)
    .map(([name, { data, shape }]) => `${name} ${typeOf(data)} ${batch.length} ${shape.join()}`)
    .join("; ");

const typeOf = (data: Rows["columns"][string]["data"]): string =>
  "dtype" in data ? data.dtype : data.constructor.name;

/** Texts and ragged columns stay in JavaScript, so a loss on them does too. */
export const isCompilable = (batch: Rows): boolean =>
  Object.values(batch.columns).every(({ data, lengths }) => !Array.isArray(data) && lengths === undefined);
