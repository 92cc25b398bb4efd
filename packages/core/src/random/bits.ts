import { checkWord } from "./checks.js";
import { takeWords } from "./spend.js";
import { fillBlocks, fillWords } from "./threefry.js";
import type { Key } from "./types.js";

/**
 * `count` random 32-bit words: element i is word 0 xor word 1 of block(key, (0, i)), as JAX's `random.bits`.
 * Bit-equal on every machine; a longer draw begins with a shorter one.
 *
 * Source: Parallel random numbers: as easy as 1, 2, 3 (Salmon, Moraes, Dror, Shaw, 2011).
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function bits(key: Key, count: number): Uint32Array {
  const out = new Uint32Array(checkWord("The count of numbers", count));
  fillWords(...takeWords(key), out);
  return out;
}

/** Both words of block(key, (0, i)) for each of `count` elements, side by side. */
export function wordPairs(key: Key, count: number): Uint32Array {
  const out = new Uint32Array(2 * checkWord("The count of numbers", count));
  fillBlocks(...takeWords(key), 0, 0, count, out);
  return out;
}
