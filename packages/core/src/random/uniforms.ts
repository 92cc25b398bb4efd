import { bits, wordPairs } from "./bits.js";
import type { Key } from "./types.js";

/**
 * `count` float32 numbers uniform on [0, 1), multiples of 2^-24: bit-equal on every machine, a longer draw begins
 * with a shorter one.
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function uniforms(key: Key, count: number): Float32Array {
  const words = bits(key, count);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = (words[i]! >>> 8) * 2 ** -24;
  return out;
}

/**
 * `count` float64 numbers uniform on [0, 1), multiples of 2^-53: bit-equal on every machine, a longer draw begins
 * with a shorter one.
 *
 * @throws Error in development if the key object was drawn from before.
 */
export function uniforms64(key: Key, count: number): Float64Array {
  const words = wordPairs(key, count);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++)
    out[i] = ((words[2 * i]! >>> 5) * 2 ** 26 + (words[2 * i + 1]! >>> 6)) * 2 ** -53;
  return out;
}
