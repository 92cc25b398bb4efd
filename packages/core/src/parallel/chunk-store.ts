import type { Lane } from "./lane.js";
import { compact, elements } from "./plain.js";

/** Where a chunk is kept beside this thread. */
interface Place {
  readonly id: number;
  readonly size: number;
  lane?: Lane | undefined;
}

interface Chunk {
  readonly place: Place;
  /** In this thread, until it is placed in a lane. */
  data?: unknown;
}

/** A part of the data on its way to a kernel. */
export interface Item {
  readonly chunk: Chunk;
  /** The chunk's data, made anew when they are elsewhere. */
  readonly data: () => unknown;
  readonly isKept: boolean;
}

/** Knows the chunk of every part that was given twice and still stands, and the lane where it was placed. */
export class ChunkStore<X extends object> {
  private readonly seen = new WeakSet<X>();
  private readonly chunks = new WeakMap<X, Chunk>();
  // Holds the places only: a chunk's data may be the part itself.
  private readonly forgotten = new FinalizationRegistry<Place>(drop);
  private ids = 0;

  constructor(private readonly make: (part: X) => unknown) {}

  /** The parts as chunks, made while a part stands. One that comes for the first time may be passing by. */
  async *read(parts: Iterable<X> | AsyncIterable<X>): AsyncGenerator<Item, void, undefined> {
    for await (const part of parts) {
      const isKept = this.seen.has(part);
      const chunk = this.chunks.get(part) ?? this.add(part, isKept);
      this.seen.add(part);
      yield { chunk, isKept, data: () => (chunk.data ??= this.make(part)) };
    }
  }

  /** The lane that takes an item, and what its job brings: the name of the chunk there, or the chunk. */
  assign(
    { chunk, data, isKept }: Item,
    lanes: readonly Lane[],
  ): { readonly lane: Lane; readonly chunk: { readonly id: number } | { readonly chunk: unknown } } {
    if (!isKept) return { lane: least(lanes, "outstanding"), chunk: { chunk: compact(data()) } };
    const { place } = chunk;
    if (place.lane === undefined || !lanes.includes(place.lane)) {
      drop(place);
      place.lane = least(lanes, "load");
      place.lane.place(place.id, compact(data()), place.size);
      delete chunk.data;
    }
    return { lane: place.lane, chunk: { id: place.id } };
  }

  private add(part: X, isKept: boolean): Chunk {
    const data = this.make(part);
    const chunk: Chunk = { data, place: { id: ++this.ids, size: elements(data) } };
    if (isKept) {
      this.chunks.set(part, chunk);
      this.forgotten.register(part, chunk.place);
    }
    return chunk;
  }
}

function drop(place: Place): void {
  place.lane?.drop(place.id, place.size);
  place.lane = undefined;
}

const least = (lanes: readonly Lane[], by: "load" | "outstanding"): Lane =>
  lanes.reduce((best, lane) => (lane[by] < best[by] ? lane : best));
