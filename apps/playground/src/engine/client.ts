import type { Channel } from "./channel.js";
import type { CallName, Calls, Reply, Request } from "./protocol.js";

interface CallOptions<K extends CallName> {
  readonly onEvent?: (event: Calls[K]["event"]) => void;
  readonly signal?: AbortSignal;
  readonly transfer?: Transferable[];
}

/** Calls what the worker offers. Cancelling asks the worker to come to an end; its answer still settles the call. */
export interface Engine {
  call<K extends CallName>(
    call: K,
    argument: Calls[K]["argument"],
    options?: CallOptions<K>,
  ): Promise<Calls[K]["result"]>;
  /** Fails all calls under way, for a worker that died. */
  fail(message: string): void;
}

/** What went wrong in the worker; `expected` when the message is a sentence about the user's input. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly expected: boolean;

  constructor(message: string, expected: boolean) {
    super(message);
    this.expected = expected;
  }
}

interface Waiting {
  readonly resolve: (value: Calls[CallName]["result"]) => void;
  readonly reject: (error: Error) => void;
  readonly take: (event: Calls[CallName]["event"]) => void;
}

/** The page's side of the protocol. Each event is acknowledged once it has been taken in. */
export function engineOver(channel: Channel<Request, Reply>): Engine {
  const waiting = new Map<number, Waiting>();
  let last = 0;

  channel.listen((reply) => {
    const entry = waiting.get(reply.id);
    if (entry === undefined) return;
    if (reply.type === "event") {
      entry.take(reply.event);
      channel.post({ type: "acknowledge", id: reply.id }, []);
      return;
    }
    waiting.delete(reply.id);
    if (reply.type === "result") entry.resolve(reply.value);
    else entry.reject(new EngineError(reply.message, reply.expected));
  });

  return {
    call<K extends CallName>(call: K, argument: Calls[K]["argument"], options: CallOptions<K> = {}) {
      const id = ++last;
      return new Promise<Calls[K]["result"]>((resolve, reject) => {
        waiting.set(id, {
          resolve,
          reject,
          take: (event) => options.onEvent?.(event),
        });
        options.signal?.addEventListener("abort", () => channel.post({ type: "cancel", id }, []));
        channel.post({ type: "call", id, call, argument } as Request, options.transfer ?? []);
      });
    },
    fail(message) {
      for (const { reject } of waiting.values()) reject(new EngineError(message, false));
      waiting.clear();
    },
  };
}
