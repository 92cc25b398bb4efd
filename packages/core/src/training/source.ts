import { take } from "../data/index.js";
import type { Dataset, Encoding, Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { batches } from "./batches.js";
import { cut, drawn, inChunks, loadRows } from "./encoded-rows.js";
import type { Trainer } from "./types.js";

/** Encoded rows for a trainer, as it consumes them. */
export interface Source {
  /** All rows, for `start`; undefined when stopped meanwhile. */
  all(key: Key): Promise<Iterable<Rows> | undefined>;
  /**
   * What one step consumes. The rows are lent for as long as the iteration stands. The pool, and the chunks of a sweep,
   * are the same objects at every step unless the encoding draws: what a trainer makes of them it may keep beside them.
   */
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
 * Opens a data set for training. What doesn't draw is encoded once and held in memory; without such an encoding
 * batches are taken from the data set when they are needed. Undefined when stopped meanwhile.
 */
export async function openSource(options: SourceOptions): Promise<Source | undefined> {
  const { data, consumes, batch, key } = options;
  const { head, tail } = cut(options.encoding);
  const load = (): Promise<Rows | undefined> =>
    loadRows(data, { head, key: key.fold("data"), pause: () => options.pause() });
  const held = head !== undefined || consumes !== "batch" ? await load() : undefined;
  if (held === undefined && (head !== undefined || consumes !== "batch")) return undefined;
  const order = batches(key, data.length, batch);
  const isSweep = consumes === "sweep";
  // Cut once: the chunks of a sweep are the same objects each time.
  const kept = held && (isSweep ? [...inChunks(held, batch)] : [held]);
  const rowsOf = async (step: number, stepKey: Key): Promise<Iterable<Rows>> => {
    if (kept === undefined) return [await data.take(order(step), stepKey.fold("data"))];
    return consumes === "batch" ? [take(kept[0]!, order(step))] : kept;
  };
  return {
    async all(startKey) {
      const rows = kept?.[0] ?? (await load());
      if (rows === undefined) return undefined;
      const parts = isSweep && kept ? kept : inChunks(rows, batch);
      return drawn(parts, tail, startKey.fold("encoding"));
    },
    step: async (step, stepKey) => drawn(await rowsOf(step, stepKey), tail, stepKey.fold("encoding")),
  };
}
