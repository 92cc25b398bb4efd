import { take } from "../data/index.js";
import type { Dataset, Encoding, Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { batches } from "./batches.js";
import { cut, drawn, inChunks, loadRows, sampledChunks, streamedChunks } from "./encoded-rows.js";
import type { Trainer } from "./types.js";

/** Encoded rows for a trainer, as it consumes them. */
export interface Source {
  /** All rows, or a sample of a stream, for `start`; undefined when stopped meanwhile. */
  all(key: Key): Promise<Iterable<Rows> | undefined>;
  /** What one step consumes. The rows are lent for as long as the iteration stands. */
  step(step: number, key: Key): Promise<Generator<Rows, void, undefined>>;
}

export interface SourceOptions {
  readonly data: Dataset;
  readonly encoding: Encoding;
  readonly consumes: Trainer["consumes"];
  readonly batch: number;
  readonly key: Key;
  /** Lets the event loop turn; true when training is to stop. */
  pause(): Promise<boolean>;
}

/**
 * Opens a data set for training. Batches and sweeps of a streamed one are read and encoded when they are needed,
 * in constant memory. Else what doesn't draw is encoded once and held in memory; without such an encoding
 * batches are taken from the data set when they are needed. Undefined when stopped meanwhile.
 */
export async function openSource(options: SourceOptions): Promise<Source | undefined> {
  const { data, consumes, batch, key } = options;
  const { head, tail } = cut(options.encoding);
  if (data.isStreamed === true && consumes !== "pool") return streamed(options);
  const load = (): Promise<Rows | undefined> =>
    loadRows(data, { head, key: key.fold("data"), pause: () => options.pause() });
  const isHeld = head !== undefined || consumes !== "batch";
  const rows = isHeld ? await load() : undefined;
  if (isHeld && rows === undefined) return undefined;
  // A sweep's chunks are the same objects every time, so that workers that have them can keep them.
  const chunked = rows !== undefined && consumes === "sweep" ? [...inChunks(rows, batch)] : undefined;
  const held = chunked === undefined ? rows : undefined;
  const order = batches(key, data.length, batch);
  const rowsOf = async (step: number, stepKey: Key): Promise<Iterable<Rows>> => {
    if (chunked !== undefined) return chunked;
    if (held === undefined) return [await data.take(order(step), stepKey.fold("data"))];
    return consumes === "pool" ? [held] : [take(held, order(step))];
  };
  return {
    async all(startKey) {
      const chunks = chunked ?? whole(held ?? (await load()), batch);
      return chunks && drawn(chunks, tail, startKey.fold("encoding"));
    },
    step: async (step, stepKey) => drawn(await rowsOf(step, stepKey), tail, stepKey.fold("encoding")),
  };
}

function streamed({ data, consumes, batch, key, encoding }: SourceOptions): Source {
  const parts = encoding.id === "identity" ? undefined : encoding;
  const order = batches(key, data.length, batch);
  const sweep = (): Iterable<Rows> => streamedChunks(data, batch, key.fold("data"));
  const rowsOf = async (step: number, stepKey: Key): Promise<Iterable<Rows>> =>
    consumes === "sweep" ? sweep() : [await data.take(order(step), stepKey.fold("data"))];
  return {
    all: (startKey) =>
      Promise.resolve(drawn(sampledChunks(data, batch, startKey), parts, startKey.fold("encoding"))),
    step: async (step, stepKey) => drawn(await rowsOf(step, stepKey), parts, stepKey.fold("encoding")),
  };
}

const whole = (rows: Rows | undefined, batch: number): Iterable<Rows> | undefined =>
  rows && inChunks(rows, batch);
