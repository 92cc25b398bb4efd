import { breather } from "../event-loop.js";
import { ChunkStore, type Item } from "./chunk-store.js";
import { inLanes } from "./in-lanes.js";
import { Lane } from "./lane.js";
import { checked } from "./plain.js";
import type { Kernels, Pool, PoolOptions } from "./types.js";
import { workersWanted } from "./workers.js";

/**
 * Opens a pool for a family's kernels. Threads start with the first sweep over enough data; where they can't, the
 * kernels run in this thread, with the same results. A program ends without disposing it, too.
 */
export function openPool<K extends Kernels, X extends object>(options: PoolOptions<K, X>): Pool<K, X> {
  return new Threads(options);
}

class Threads<K extends Kernels, X extends object> implements Pool<K, X> {
  private lanes: Lane[] = [];
  private canStart = true;
  private opening: Promise<unknown> = Promise.resolve();
  private rounds = 0;
  private readonly store: ChunkStore<X>;

  constructor(private readonly options: PoolOptions<K, X>) {
    this.store = new ChunkStore(options.chunk);
  }

  get workers(): number {
    return this.lanes.length;
  }

  async *each<N extends keyof K & string>(
    kernel: N,
    state: Parameters<K[N]>[1],
    parts: Iterable<X> | AsyncIterable<X>,
    signal?: AbortSignal,
  ): AsyncGenerator<ReturnType<K[N]>, void, undefined> {
    type Result = ReturnType<K[N]>;
    checked(state);
    const read = this.store.read(parts);
    try {
      const { lanes, first } = await this.begin(read);
      const items = joined(first, read);
      if (lanes.length > 0) {
        const round = { id: ++this.rounds, kernel, state, items, store: this.store, signal };
        yield* inLanes(lanes, round) as AsyncGenerator<Result, void, undefined>;
        return;
      }
      const breathe = breather();
      const run = this.options.kernels[kernel] as (chunk: unknown, state: unknown) => Result;
      for await (const { data } of items) {
        signal?.throwIfAborted();
        yield checked(run(data(), state));
        await breathe();
      }
    } finally {
      await read.return(undefined);
    }
  }

  async map<N extends keyof K & string>(
    kernel: N,
    state: Parameters<K[N]>[1],
    parts: Iterable<X> | AsyncIterable<X>,
    signal?: AbortSignal,
  ): Promise<ReturnType<K[N]>[]> {
    const results: ReturnType<K[N]>[] = [];
    for await (const result of this.each(kernel, state, parts, signal)) results.push(result);
    return results;
  }

  [Symbol.dispose](): void {
    for (const lane of this.lanes) lane.stop(new Error("its pool was disposed"));
    this.lanes = [];
  }

  /** Reads until it is clear how many lanes to use, and opens them. */
  private async begin(items: AsyncIterator<Item>): Promise<{ lanes: readonly Lane[]; first: Item[] }> {
    const { most, leastElements, leastParts } = workersWanted();
    const first: Item[] = [];
    if (most === 0 || !this.canStart) return { lanes: [], first };
    let size = 0;
    while (size < leastElements || first.length < Math.max(most, leastParts)) {
      const next = await items.next();
      if (next.done === true) break;
      first.push(next.value);
      size += next.value.chunk.place.size;
    }
    const pays = size >= leastElements && first.length >= leastParts;
    return { lanes: pays ? await this.open(Math.min(most, first.length)) : [], first };
  }

  /** So many lanes, or none where they can't be; one call after the other. */
  private open(count: number): Promise<readonly Lane[]> {
    const opened = this.opening.then(() => this.openNow(count));
    this.opening = opened;
    return opened;
  }

  private async openNow(count: number): Promise<readonly Lane[]> {
    if (!this.canStart) return [];
    if (this.lanes.some((lane) => !lane.isOpen)) this[Symbol.dispose]();
    const missing = Math.max(0, count - this.lanes.length);
    const more = Array.from({ length: missing }, () => new Lane(this.options.worker));
    this.lanes.push(...more);
    const started = await Promise.all(more.map((lane) => lane.ready()));
    if (started.every(Boolean)) return this.lanes.slice(0, count);
    this.canStart = false;
    this[Symbol.dispose]();
    return [];
  }
}

async function* joined<T>(first: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  yield* first;
  yield* rest;
}
