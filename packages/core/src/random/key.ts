import { InputError } from "../errors.js";
import { checkWord } from "./checks.js";
import { foldText } from "./fold-text.js";
import { block } from "./threefry.js";
import type { Key, Keys } from "./types.js";

class ThreefryKey implements Key {
  readonly data: readonly [number, number];

  constructor(data: readonly [number, number]) {
    this.data = Object.freeze(data);
    Object.freeze(this);
  }

  split<const N extends number>(count: N): Keys<N> {
    checkWord("The count of keys to split into", count);
    const keys: readonly Key[] = Array.from({ length: count }, (_, i) => this.fold(i));
    return keys as Keys<N>;
  }

  fold(name: number | string): Key {
    if (typeof name === "string") return new ThreefryKey(foldText(this.data, name));
    return new ThreefryKey(block(...this.data, 0, checkWord("The number folded into a key", name)));
  }
}

/**
 * The root key of a seed: words [0, seed], as JAX's.
 *
 * `key.fold(number)` is block(key, (0, number)) and `key.split(n)[i]` equals `key.fold(i)` (JAX's partitionable
 * layout); `key.fold(text)` hashes the text's UTF-8 bytes with Threefry, so names and numbers never meet.
 *
 * @throws InputError if the seed is not an integer from 0 to 2^32 - 1.
 */
export const key = (seed: number): Key => new ThreefryKey([0, checkWord("A seed", seed)]);

/**
 * The key of two words, such as `key.data` from a checkpoint.
 *
 * @throws InputError if they are not two integers from 0 to 2^32 - 1.
 */
export function keyFrom(data: readonly number[]): Key {
  const [first, second] = data;
  if (data.length !== 2 || first === undefined || second === undefined)
    throw new InputError(
      `A key's data are two integers, but there are ${data.length}; pass what key.data gave.`,
    );
  return new ThreefryKey([checkWord("A key's first word", first), checkWord("A key's second word", second)]);
}
