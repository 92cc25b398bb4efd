import { bits } from "./bits.js";
import { bounded } from "./bounded.js";
import type { Key } from "./types.js";

/**
 * The numbers 0 … count - 1 in random order, each order as likely as any other: bit-equal on every machine.
 *
 * Source: The art of computer programming, volume 2, algorithm 3.4.2 P (Knuth, 1997), in its inside-out form.
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function permutation(key: Key, count: number): Int32Array {
  const words = bits(key, count);
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const j = bounded(key.data, i, words[i]!, i + 1);
    out[i] = out[j]!;
    out[j] = i;
  }
  return out;
}
