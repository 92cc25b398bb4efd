import { tidy } from "../backend/engine.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { breather } from "../event-loop.js";
import type { Stateful, Step, Trainer } from "./types.js";

/** What EM and counting are made of. Statistics S are plain data: tensors made on the way are disposed. */
export type Statistics<S> = Stateful & Partial<Disposable> & Collected<S> & Learning<S>;

/** Sufficient statistics of the rows, under the model as it is. */
type Collected<S> =
  | { collect(rows: Rows): S }
  /** Of every chunk, in the order of the chunks, as `Pool.each` gives them. */
  | { collectAll(chunks: Iterable<Rows>): AsyncIterable<S> };

interface Learning<S> {
  start?(data: Iterable<Rows>, key: Key): void | Promise<void>;
  merge(a: S, b: S): S;
  /** Changes the model by the statistics of all rows. */
  update(statistics: S): Step | Promise<Step>;
}

/**
 * A trainer of sweeps: collects every chunk, merges in order, updates once. EM's and counting's one form, whose
 * statistics add up across batches, workers and machines. By `collectAll` chunks are collected side by side.
 * Source: A view of the EM algorithm that justifies incremental, sparse, and other variants (Neal & Hinton, 1998).
 */
export function statistics<S>(parts: Statistics<S>): Trainer {
  return {
    consumes: "sweep",
    ...(parts.start !== undefined && {
      start: (data: Iterable<Rows>, key: Key) => plain(() => parts.start?.(data, key)),
    }),
    async step(data) {
      const breathe = breather();
      let merged: { readonly value: S } | undefined;
      for await (const collected of collect(parts, data)) {
        merged = { value: merged === undefined ? collected : plain(joining(parts, merged.value, collected)) };
        await breathe();
      }
      if (merged === undefined) throw new RangeError("A sweep needs at least one chunk of rows.");
      const { value } = merged;
      return plain(() => parts.update(value));
    },
    state: () => parts.state(),
    restore: (state) => parts.restore(state),
    [Symbol.dispose]: () => parts[Symbol.dispose]?.(),
  };
}

function collect<S>(parts: Collected<S>, data: Iterable<Rows>): AsyncIterable<S> | Iterable<S> {
  return "collectAll" in parts ? parts.collectAll(data) : oneByOne(parts, data);
}

function* oneByOne<S>(
  parts: Extract<Collected<S>, { collect: unknown }>,
  data: Iterable<Rows>,
): Generator<S> {
  for (const rows of data) yield plain(() => parts.collect(rows));
}

const joining =
  <S>(parts: Learning<S>, a: S, b: S) =>
  (): S =>
    parts.merge(a, b);

/** Runs a piece that returns plain data; tidy itself would walk through every number of it. */
function plain<T>(piece: () => T): T {
  let result: { readonly value: T } | undefined;
  tidy(() => {
    result = { value: piece() };
  });
  return result!.value;
}
