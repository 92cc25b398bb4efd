import { isInputError } from "@gen/core/manifest";
import type { Channel } from "./channel.js";
import type { CallName, Calls, Reply, Request } from "./protocol.js";
import { buffersOf } from "./transfer.js";

/** What a handler may do while its call is under way. */
export interface CallContext<K extends CallName> {
  readonly signal: AbortSignal;
  /** Whether the page has taken in all that was sent. */
  ready(): boolean;
  send(event: Calls[K]["event"]): void;
  /** Waits for the page to take in what was sent, or for the call to be cancelled. */
  taken(): Promise<void>;
}

export type Handlers = {
  readonly [K in CallName]: (
    argument: Calls[K]["argument"],
    context: CallContext<K>,
  ) => Calls[K]["result"] | Promise<Calls[K]["result"]>;
};

interface Running {
  readonly abort: AbortController;
  unacknowledged: number;
  wake: () => void;
}

/** The worker's side of the protocol: runs handlers side by side, and never sends what the page can't keep up with. */
export function serve(channel: Channel<Reply, Request>, handlers: Handlers): void {
  const running = new Map<number, Running>();

  channel.listen((request) => {
    if (request.type === "call") void answer(request);
    const call = running.get(request.id);
    if (call === undefined) return;
    if (request.type === "cancel") call.abort.abort();
    if (request.type === "acknowledge") call.unacknowledged--;
    call.wake();
  });

  async function answer<K extends CallName>(request: {
    readonly id: number;
    readonly call: K;
    readonly argument: Calls[K]["argument"];
  }): Promise<void> {
    const { id, call, argument } = request;
    const state: Running = { abort: new AbortController(), unacknowledged: 0, wake: () => undefined };
    running.set(id, state);
    const settled = (): boolean => state.unacknowledged === 0 || state.abort.signal.aborted;
    try {
      const value = await handlers[call](argument, {
        signal: state.abort.signal,
        ready: () => state.unacknowledged === 0,
        send(event) {
          state.unacknowledged++;
          channel.post({ type: "event", id, event }, buffersOf(event));
        },
        async taken() {
          while (!settled()) await new Promise<void>((resolve) => (state.wake = resolve));
        },
      });
      channel.post({ type: "result", id, value }, buffersOf(value));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      channel.post({ type: "error", id, message, expected: isInputError(error) }, []);
    } finally {
      running.delete(id);
    }
  }
}
