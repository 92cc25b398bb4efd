import type { Reply, Request } from "./messages.js";
import { unpackError } from "./packed-error.js";
import { startThread } from "./thread.js";
import type { WorkerConstructor } from "./types.js";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Stands for the word of a thread that it is ready. */
const ready = 0;

/** One worker thread with the chunks and jobs that it was given. Idle, it doesn't keep a program from its end. */
export class Lane {
  isOpen = true;
  /** Elements of the chunks that are placed here. */
  load = 0;
  private readonly waiting = new Map<number, Waiting>();
  private readonly thread;
  private jobs = ready;

  constructor(open: (Worker: WorkerConstructor) => object) {
    this.thread = startThread(open, {
      reply: (reply) => this.take(reply),
      failure: (error) => this.stop(error),
    });
  }

  /** Jobs whose results are to come. */
  get outstanding(): number {
    return this.waiting.size;
  }

  /** Whether the thread runs and serves kernels. */
  async ready(): Promise<boolean> {
    if (this.thread === undefined) return false;
    try {
      await this.wait(ready);
      return true;
    } catch {
      return false;
    }
  }

  place(id: number, chunk: unknown, size: number): void {
    this.load += size;
    this.post({ type: "place", id, chunk });
  }

  drop(id: number, size: number): void {
    this.load -= size;
    this.post({ type: "drop", id });
  }

  post(request: Request): void {
    if (this.isOpen) this.thread?.post(request);
  }

  /** The result of a job; a rejection may be looked at later. */
  run(round: number, chunk: { readonly id: number } | { readonly chunk: unknown }): Promise<unknown> {
    const job = ++this.jobs;
    this.post({ type: "job", round, job, ...chunk });
    const result = this.wait(job);
    result.catch(() => undefined);
    return result;
  }

  /** Ends the thread; jobs under way are rejected. */
  stop(reason: Error): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.thread?.terminate();
    for (const { reject } of this.waiting.values()) reject(stopped(reason));
    this.waiting.clear();
  }

  private wait(job: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) {
        reject(stopped(new Error("it was not open")));
        return;
      }
      this.waiting.set(job, { resolve, reject });
      this.thread?.hold(true);
    });
  }

  private take(reply: Reply): void {
    const job = reply.type === "ready" ? ready : reply.job;
    const waiting = this.waiting.get(job);
    this.waiting.delete(job);
    if (this.waiting.size === 0) this.thread?.hold(false);
    if (reply.type === "error") waiting?.reject(unpackError(reply.error));
    else waiting?.resolve(reply.type === "result" ? reply.value : undefined);
  }
}

const stopped = (cause: Error): Error => new Error(`A worker thread stopped: ${cause.message}`, { cause });
