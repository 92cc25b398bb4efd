import { normalQuantile } from "../math/float64/normal-quantile.js";
import { bits, wordPairs } from "./bits.js";
import { singleNormalQuantile } from "./single-normal-quantile.js";
import type { Key } from "./types.js";

/** The standard normal quantile at (word + 1/2) / 2^32: between -6.34 and 6.34, odd around the middle. */
export const normalOfWord = (word: number): number => singleNormalQuantile((word + 0.5) * 2 ** -32 - 0.5);

/** A standard normal number from a sign bit and 52 bits m of the lower tail's probability (m + 1/2) / 2^53. */
export function normalOfWords(word0: number, word1: number): number {
  const lower = normalQuantile(((word0 & 0x7fffffff) * 2 ** 21 + (word1 >>> 11) + 0.5) * 2 ** -53);
  return word0 >>> 31 === 0 ? lower : -lower;
}

/**
 * `count` standard normal float32 numbers by inversion, one word each: element i depends on counter i only, so
 * a longer draw begins with a shorter one. Equal on every machine to 1e-6 (JavaScript leaves the last digits of
 * `Math.log` to the engine).
 *
 * Source: Algorithm AS 241: The percentage points of the normal distribution (Wichura, 1988).
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function normals(key: Key, count: number): Float32Array {
  const words = bits(key, count);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = normalOfWord(words[i]!);
  return out;
}

/**
 * `count` standard normal float64 numbers by inversion, two words each: as `normals`, with a 53-bit resolution.
 *
 * Source: Algorithm AS 241: The percentage points of the normal distribution (Wichura, 1988).
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function normals64(key: Key, count: number): Float64Array {
  const words = wordPairs(key, count);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) out[i] = normalOfWords(words[2 * i]!, words[2 * i + 1]!);
  return out;
}
