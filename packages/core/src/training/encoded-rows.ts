import { chunks, concatenate, download, pipe } from "../data/index.js";
import { lend } from "../data/take.js";
import type { Dataset, Encoding, Rows } from "../data/types.js";
import { uniforms64 } from "../random/index.js";
import type { Key } from "../random/types.js";
import { owning, release } from "../sampling/tree.js";

/** Rows that are encoded at a time, when all are. */
const chunkRows = 4096;

/** An encoding cut where it begins to draw: `head` can be computed once, `tail` has to be drawn at every step. */
export interface Cut {
  readonly head: Encoding | undefined;
  readonly tail: Encoding | undefined;
}

/** Cuts an encoding before its first part that draws; parts that do nothing are left out. */
export function cut(encoding: Encoding): Cut {
  const parts = partsOf(encoding).filter(({ id }) => id !== "identity");
  const drawing = parts.findIndex(({ stochastic }) => stochastic);
  const end = drawing === -1 ? parts.length : drawing;
  const joined = (some: readonly Encoding[]): Encoding | undefined =>
    some.length > 1 ? pipe(...some) : some[0];
  return { head: joined(parts.slice(0, end)), tail: joined(parts.slice(end)) };
}

const partsOf = (encoding: Encoding): readonly Encoding[] => encoding.parts?.flatMap(partsOf) ?? [encoding];

/** All rows of a data set through the head, in JavaScript arrays; undefined when `pause` says to stop. */
export async function loadRows(
  data: Dataset,
  o: { readonly head: Encoding | undefined; readonly key: Key; readonly pause: () => Promise<boolean> },
): Promise<Rows | undefined> {
  const encoded: Rows[] = [];
  for await (const rows of chunks(data, chunkRows, o.key)) {
    encoded.push(o.head === undefined ? rows : await encodeOnce(o.head, rows));
    if (await o.pause()) return undefined;
  }
  return concatenate(encoded);
}

async function encodeOnce(head: Encoding, rows: Rows): Promise<Rows> {
  const encoded = owning(() => head.encode(rows));
  try {
    return await download(encoded);
  } finally {
    release(encoded, rows);
  }
}

/** Lends chunks of rows through the tail, one at a time: what the tail made is gone when the next is asked for. */
export function* drawn(
  chunks: Iterable<Rows>,
  tail: Encoding | undefined,
  key: Key,
): Generator<Rows, void, undefined> {
  if (tail === undefined) {
    yield* chunks;
    return;
  }
  let index = 0;
  for (const rows of chunks) {
    const chunkKey = key.fold(index++);
    const encoded = owning(() => tail.encode(rows, chunkKey));
    try {
      yield encoded;
    } finally {
      release(encoded, rows);
    }
  }
}

/** Rows in consecutive chunks of at most `size`. */
export function* inChunks(rows: Rows, size: number): Generator<Rows, void, undefined> {
  for (let first = 0; first < rows.length; first += size)
    yield lend(rows, first, Math.min(first + size, rows.length));
}

/** Rows of a data set in consecutive chunks, each read when its turn comes. Throws `TypeError` when they come later. */
export function* streamedChunks(data: Dataset, size: number, key: Key): Generator<Rows, void, undefined> {
  for (let first = 0; first < data.length; first += size) {
    const indices = Int32Array.from({ length: Math.min(size, data.length - first) }, (_, i) => first + i);
    yield takenAtOnce(data, indices, key.fold(first));
  }
}

/** Rows that a start sees of a stream, at most. */
const sampleRows = 2 ** 16;

/** Chunks of all rows, or of many rows one from each of as many equal stretches. */
export function* sampledChunks(data: Dataset, size: number, key: Key): Generator<Rows, void, undefined> {
  const count = Math.min(data.length, sampleRows);
  const places = uniforms64(key.fold("sample"), count);
  const stretch = (i: number): number => Math.floor((i * data.length) / count);
  const indices = Int32Array.from(
    places,
    (u, i) => stretch(i) + Math.floor(u * (stretch(i + 1) - stretch(i))),
  );
  for (let first = 0; first < count; first += size)
    yield takenAtOnce(data, indices.slice(first, first + size), key.fold(first));
}

function takenAtOnce(data: Dataset, indices: Int32Array, key: Key): Rows {
  const rows = data.take(indices, key);
  if (rows instanceof Promise) throw new TypeError("A streamed data set must take its rows at once.");
  return rows;
}
