import { concatenate } from "../data/index.js";
import type { Dataset, Encoding, Rows } from "../data/types.js";
import { uniforms64 } from "../random/index.js";
import type { Key } from "../random/types.js";
import { owning, release } from "../sampling/tree.js";

/** Rows that `start` sees of a stream, at most. */
const sampleRows = 2 ** 16;

export interface Stream {
  /** For `start`: all rows, or of many one from each of as many equal stretches. */
  sample(key: Key): Promise<Iterable<Rows>>;
  /** A sweep: each chunk is there until the next is asked for. */
  chunks(key: Key): AsyncGenerator<Rows, void, undefined>;
}

export interface StreamOptions {
  readonly data: Dataset;
  readonly encoding: Encoding;
  readonly batch: number;
  readonly key: Key;
}

/** A data set whose chunks are taken and encoded when they are needed, at every sweep anew, and not held. */
export function openStream({ data, encoding, batch, key }: StreamOptions): Stream {
  const rowsKey = key.fold("data");
  async function* chunks(own: Key): AsyncGenerator<Rows, void, undefined> {
    for (let first = 0; first < data.length; first += batch) {
      const indices = Int32Array.from({ length: Math.min(batch, data.length - first) }, (_, i) => first + i);
      const rows = await data.take(indices, rowsKey.fold(first));
      if (encoding.id === "identity") yield rows;
      else {
        const encoded = owning(() => encoding.encode(rows, own.fold(first)));
        try {
          yield encoded;
        } finally {
          release(encoded, rows);
        }
      }
    }
  }
  return {
    async sample(own) {
      const count = Math.min(data.length, sampleRows);
      const places = uniforms64(own.fold("sample"), count);
      const stretch = (i: number): number => Math.floor((i * data.length) / count);
      const indices = Int32Array.from(
        places,
        (u, i) => stretch(i) + Math.floor(u * (stretch(i + 1) - stretch(i))),
      );
      const parts: Rows[] = [];
      for (let first = 0; first < count; first += batch)
        parts.push(await data.take(indices.slice(first, first + batch), rowsKey.fold("sample").fold(first)));
      const rows = concatenate(parts);
      return [encoding.id === "identity" ? rows : encoding.encode(rows, own.fold("encoding"))];
    },
    chunks: (own) => chunks(own.fold("encoding")),
  };
}
