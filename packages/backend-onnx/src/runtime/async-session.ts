import type { Graph } from "../graph/graph.js";
import { writeModel } from "../graph/model.js";
import type { Numbers, Value } from "../graph/types.js";
import { publicRuntime, type Feed, type PublicSession } from "./binding.js";
import { sessionOptions } from "./session.js";

/** A graph that runs through the public interface of ONNX Runtime, which answers later. */
export class AsyncSession {
  private readonly session: Promise<PublicSession>;

  constructor(
    graph: Graph,
    readonly outputs: readonly Value[],
    threads: number,
  ) {
    const model = writeModel(graph, outputs);
    this.session = publicRuntime().InferenceSession.create(model, sessionOptions(threads));
    // A failure is told by `run`.
    this.session.catch(() => undefined);
  }

  /** The outputs' elements, each in an array of its own. */
  async run(feeds: Readonly<Record<string, Feed>>): Promise<Numbers[]> {
    const { Tensor } = publicRuntime();
    const tensors = Object.entries(feeds).map(([name, { type, dims, data }]) => [
      name,
      new Tensor(type, data, dims),
    ]);
    const session = await this.session;
    const results = await session.run(Object.fromEntries(tensors) as Record<string, object>);
    return this.outputs.map((_, i) => results[`out${i}`]!.data);
  }

  dispose(): void {
    this.session.then((session) => session.release()).catch(() => undefined);
  }
}
