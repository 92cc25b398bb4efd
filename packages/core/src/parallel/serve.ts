import { builtin } from "./builtin.js";
import type { Reply, Request } from "./messages.js";
import { packError } from "./packed-error.js";
import { checked, compact } from "./plain.js";
import type { Kernels } from "./types.js";

interface Page {
  readonly document?: unknown;
  postMessage?(message: unknown): void;
  addEventListener?(type: "message", listener: (event: { readonly data: Request }) => void): void;
}

/** Serves kernels to the pool that opened this worker: the one call of a worker's module. */
export function serveKernels(kernels: Kernels): void {
  const chunks = new Map<number, unknown>();
  const rounds = new Map<number, (chunk: unknown) => unknown>();
  const parent = builtin("node:worker_threads")?.parentPort;
  const page = globalThis as Page;

  const answer = (job: number, work: () => unknown): Reply => {
    try {
      return { type: "result", job, value: compact(checked(work())) };
    } catch (error) {
      return { type: "error", job, error: packError(error) };
    }
  };
  const send = (reply: Reply): void => (parent ? parent.postMessage(reply) : page.postMessage?.(reply));
  const take = (request: Request): void => {
    if (request.type === "place") chunks.set(request.id, request.chunk);
    else if (request.type === "drop") chunks.delete(request.id);
    else if (request.type === "end") rounds.delete(request.round);
    else if (request.type === "begin") {
      const kernel = kernels[request.kernel] as (chunk: unknown, state: unknown) => unknown;
      rounds.set(request.round, (chunk) => kernel(chunk, request.state));
    } else {
      const { round, job } = request;
      const chunk = "id" in request ? chunks.get(request.id) : request.chunk;
      send(answer(job, () => rounds.get(round)!(chunk)));
    }
  };

  if (parent) parent.on("message", take);
  else if (page.document === undefined) page.addEventListener?.("message", ({ data }) => take(data));
  else return;
  send({ type: "ready" });
}
