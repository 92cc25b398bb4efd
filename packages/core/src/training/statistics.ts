import { tidy } from "../backend/engine.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import { breather } from "../event-loop.js";
import type { Stateful, Step, Trainer } from "./types.js";

/** What EM and counting are made of. Statistics S are plain data: tensors made on the way are disposed. */
export interface Statistics<S> extends Stateful {
  start?(data: Iterable<Rows>, key: Key): void;
  /** Sufficient statistics of some rows, under the model as it is. */
  collect(rows: Rows): S;
  merge(a: S, b: S): S;
  /** Changes the model by the statistics of all rows. */
  update(statistics: S): Step;
}

/**
 * A trainer of sweeps: collects every chunk, merges in order, updates once. EM's and counting's one form, whose
 * statistics add up across batches, workers and machines.
 * Source: A view of the EM algorithm that justifies incremental, sparse, and other variants (Neal & Hinton, 1998).
 */
export function statistics<S>(parts: Statistics<S>): Trainer {
  return {
    consumes: "sweep",
    ...(parts.start !== undefined && {
      start(data: Iterable<Rows>, key: Key) {
        tidy(() => parts.start?.(data, key));
      },
    }),
    async step(data) {
      const breathe = breather();
      let merged: { readonly value: S } | undefined;
      for (const rows of data) {
        merged = { value: plain(() => collectInto(parts, merged, rows)) };
        await breathe();
      }
      if (merged === undefined) throw new RangeError("A sweep needs at least one chunk of rows.");
      const { value } = merged;
      return plain(() => parts.update(value));
    },
    state: () => parts.state(),
    restore: (state) => parts.restore(state),
    [Symbol.dispose]() {},
  };
}

function collectInto<S>(parts: Statistics<S>, merged: { readonly value: S } | undefined, rows: Rows): S {
  const collected = parts.collect(rows);
  return merged === undefined ? collected : parts.merge(merged.value, collected);
}

/** Runs a piece that returns plain data; tidy itself would walk through every number of it. */
function plain<T>(piece: () => T): T {
  let result: { readonly value: T } | undefined;
  tidy(() => {
    result = { value: piece() };
  });
  return result!.value;
}
