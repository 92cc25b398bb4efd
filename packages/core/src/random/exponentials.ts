import { bits } from "./bits.js";
import type { Key } from "./types.js";

/** -log u at u = (word + 1/2) / 2^32, never 0 or infinite. */
export const exponentialOfWord = (word: number): number => -Math.log((word + 0.5) * 2 ** -32);

/**
 * `count` float32 numbers of the exponential distribution with rate 1: -log u, u = (word + 1/2) / 2^32. A longer
 * draw begins with a shorter one; equal on every machine to 1e-6.
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function exponentials(key: Key, count: number): Float32Array {
  const words = bits(key, count);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = exponentialOfWord(words[i]!);
  return out;
}
