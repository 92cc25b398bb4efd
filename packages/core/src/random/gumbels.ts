import { bits } from "./bits.js";
import { exponentialOfWord } from "./exponentials.js";
import type { Key } from "./types.js";

/**
 * `count` float32 numbers of the standard Gumbel distribution: -log(-log u), u = (word + 1/2) / 2^32. A longer
 * draw begins with a shorter one; equal on every machine to 1e-6.
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function gumbels(key: Key, count: number): Float32Array {
  const words = bits(key, count);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = -Math.log(exponentialOfWord(words[i]!));
  return out;
}
