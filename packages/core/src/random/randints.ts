import { InputError } from "../errors.js";
import { bits } from "./bits.js";
import { bounded } from "./bounded.js";
import type { Key } from "./types.js";

/**
 * `count` integers uniform on 0 … below - 1, without bias: bit-equal on every machine, a longer draw begins with
 * a shorter one.
 *
 * @throws InputError if `below` is not an integer from 1 to 2^31.
 * @throws Error in development if the key object was drawn from before.
 */
export function randints(key: Key, count: number, below: number): Int32Array {
  if (!Number.isInteger(below) || below < 1 || below > 2 ** 31)
    throw new InputError(
      `The bound of random integers must be an integer from 1 to ${2 ** 31}, but it is ${below}; pass one.`,
    );
  const words = bits(key, count);
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) out[i] = bounded(key.data, i, words[i]!, below);
  return out;
}
