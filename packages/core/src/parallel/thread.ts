import { builtin, type NodeWorker, type NodeWorkerConstructor } from "./builtin.js";
import type { Reply, Request } from "./messages.js";
import type { WorkerConstructor } from "./types.js";

/** A worker thread, in Node and in a page alike. */
export interface Thread {
  post(request: Request): void;
  /** Whether the program waits for this thread before it ends. */
  hold(held: boolean): void;
  terminate(): void;
}

interface Listeners {
  readonly reply: (reply: Reply) => void;
  readonly failure: (error: Error) => void;
}

/** Starts a worker thread; nothing where that can't be. That its module can't be loaded, comes as a failure. */
export function startThread(
  open: (Worker: WorkerConstructor) => object,
  listeners: Listeners,
): Thread | undefined {
  const threads = builtin("node:worker_threads");
  const { Worker } = globalThis as { Worker?: WorkerConstructor };
  try {
    if (threads !== undefined) return inNode(open(nodeConstructor(threads.Worker)) as NodeWorker, listeners);
    return Worker && inPage(open(Worker) as Worker, listeners);
  } catch {
    return undefined;
  }
}

/** Node's worker, opened as a page's is. */
const nodeConstructor = (Worker: NodeWorkerConstructor): WorkerConstructor =>
  class extends Worker {
    constructor(url: URL) {
      // What is built needs none of the options that the program itself was started with, to read sources.
      super(existing(url), { execArgv: [] });
    }
  };

/** A module that was not built, as beside sources, can't be opened. */
function existing(url: URL): URL {
  if (builtin("node:fs")?.existsSync(url) !== true) throw new Error(`There is no ${url.href}.`);
  return url;
}

function inNode(worker: NodeWorker, { reply, failure }: Listeners): Thread {
  worker.on("message", reply);
  worker.on("messageerror", failure);
  worker.on("error", failure);
  worker.on("exit", () => failure(new Error("it ended")));
  return {
    post: (request) => worker.postMessage(request),
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}

function inPage(worker: Worker, { reply, failure }: Listeners): Thread {
  worker.onmessage = ({ data }: MessageEvent<Reply>) => reply(data);
  worker.onmessageerror = () => failure(new Error("a message could not be read"));
  worker.onerror = (event) => {
    event.preventDefault();
    failure(new Error(event.message));
  };
  return {
    post: (request) => worker.postMessage(request),
    hold: () => undefined,
    terminate: () => worker.terminate(),
  };
}
