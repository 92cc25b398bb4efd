import { randints, type Key } from "@gen/core/random";
import type { Column, Rows } from "@gen/core";

/** All lines in one stream of symbols, each between two `end` symbols. */
export function stream({ data, lengths }: Column, end: number): Int32Array {
  const symbols = data as Int32Array;
  const sizes = lengths ?? Int32Array.of(symbols.length);
  const all = new Int32Array(symbols.length + sizes.length + 1).fill(end);
  let from = 0;
  let to = 1;
  for (const size of sizes) {
    all.set(symbols.subarray(from, from + size), to);
    from += size;
    to += size + 1;
  }
  return all;
}

/** Windows of `context + 1` symbols at random places of a stream: rows of one column. */
export function randomWindows(symbols: Int32Array, count: number, context: number, key: Key): Rows {
  const size = Math.min(context + 1, symbols.length);
  const starts = randints(key, count, symbols.length - size + 1);
  const data = new Int32Array(count * size);
  starts.forEach((start, i) => data.set(symbols.subarray(start, start + size), i * size));
  return { length: count, columns: { symbols: { data, shape: [size] } } };
}

/** How many symbols a full window keeps when it is read again. */
export const kept = (context: number): number => Math.max(1, Math.floor(context / 2));

/** A piece of a line that the network reads at once, and the first position whose prediction counts. */
export interface Window {
  readonly row: number;
  /** Where in the line it begins. */
  readonly start: number;
  readonly symbols: Int32Array;
  readonly first: number;
}

/**
 * The windows through which a line is read when it is drawn: the whole line while it fits, then from a full
 * window's last half on. `line` includes what begins it; its last symbol is only predicted.
 */
export function windowsOf(line: Int32Array, row: number, context: number): Window[] {
  const half = kept(context);
  const windows: Window[] = [];
  const inputs = line.length - 1;
  for (let start = 0, first = 0; start + first < inputs; start += context - half + 1, first = half - 1)
    windows.push({ row, start, symbols: line.subarray(start, Math.min(start + context, inputs) + 1), first });
  return windows;
}
