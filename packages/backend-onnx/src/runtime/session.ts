import type { Graph } from "../graph/graph.js";
import { writeModel } from "../graph/model.js";
import type { ElementType, Numbers, Value } from "../graph/types.js";
import { newSession, type Feed, type NativeSession } from "./binding.js";

interface SessionOptions {
  readonly threads: number;
  readonly isList?: boolean;
  /** Failures are thrown but not printed. */
  readonly silent?: boolean;
}

export const sessionOptions = (threads: number): object => ({
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: "sequential",
  // The graphs are written in their final form: the optimiser finds nothing more and takes its time.
  graphOptimizationLevel: "disabled",
  // Threads that spin while they wait slow each other down on a busy machine. Denormals stay: flushing them would
  // flush those of JavaScript on this thread too.
  extra: { session: { intra_op: { allow_spinning: "0" } } },
});

/** A graph made ready to run. */
export class Session {
  private readonly native: NativeSession = newSession();
  private readonly fetches: Record<string, null>;

  /** Whether the outputs are a list even when there is only one. */
  readonly isList: boolean;

  constructor(
    graph: Graph,
    readonly outputs: readonly Value[],
    { threads, isList = false, silent = false }: SessionOptions,
  ) {
    this.isList = isList;
    const model = writeModel(graph, outputs);
    this.fetches = Object.fromEntries(outputs.map((_, i) => [`out${i}`, null]));
    const options = { ...sessionOptions(threads), ...(silent && { logSeverityLevel: 4 }) };
    this.native.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, options);
  }

  /** The outputs' elements, each in an array of its own. */
  run(feeds: Readonly<Record<string, Feed>>): Numbers[] {
    const results = this.native.run(feeds, this.fetches, {});
    return this.outputs.map((_, i) => results[`out${i}`]!.data);
  }

  dispose(): void {
    this.native.dispose();
  }
}

export const feed = (type: ElementType, dims: readonly number[], data: Numbers): Feed => ({
  type,
  dims,
  data,
  location: "cpu",
});
