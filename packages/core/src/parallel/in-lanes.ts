import type { ChunkStore, Item } from "./chunk-store.js";
import type { Lane } from "./lane.js";
import { compact } from "./plain.js";

/** Jobs in flight for each lane: enough that none waits for this thread. */
const ahead = 4;

interface Round<X extends object> {
  readonly id: number;
  readonly kernel: string;
  readonly state: unknown;
  readonly items: AsyncIterator<Item>;
  readonly store: ChunkStore<X>;
  readonly signal: AbortSignal | undefined;
}

/** A kernel's results for all items, in their order, computed in lanes. */
export async function* inLanes<X extends object>(
  lanes: readonly Lane[],
  { id, kernel, state, items, store, signal }: Round<X>,
): AsyncGenerator<unknown, void, undefined> {
  const begin = { type: "begin", round: id, kernel, state: compact(state) } as const;
  const informed = new Set<Lane>();
  const running: Promise<unknown>[] = [];
  const aborted = new Aborted(signal);
  let isRead = false;
  try {
    for (;;) {
      while (!isRead && running.length < lanes.length * ahead) {
        const next = await items.next();
        if (next.done === true) {
          isRead = true;
          break;
        }
        const { lane, chunk } = store.assign(next.value, lanes);
        if (!informed.has(lane)) lane.post(begin);
        informed.add(lane);
        running.push(lane.run(id, chunk));
      }
      const result = running.shift();
      if (result === undefined) return;
      signal?.throwIfAborted();
      yield await Promise.race([result, aborted.promise]);
    }
  } finally {
    aborted[Symbol.dispose]();
    for (const lane of informed) lane.post({ type: "end", round: id });
  }
}

/** A promise that is rejected when a signal is aborted. */
class Aborted implements Disposable {
  readonly promise: Promise<never>;
  private listener = (): void => undefined;

  constructor(private readonly signal: AbortSignal | undefined) {
    this.promise = new Promise((_, reject) => {
      this.listener = () => reject(signal?.reason as Error);
    });
    this.promise.catch(() => undefined);
    signal?.addEventListener("abort", this.listener);
  }

  [Symbol.dispose](): void {
    this.signal?.removeEventListener("abort", this.listener);
  }
}
