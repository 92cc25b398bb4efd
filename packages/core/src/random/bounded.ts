import { block } from "./threefry.js";

/**
 * An unbiased integer below `below` for element `element`, whose first word is `word`: words of the last,
 * incomplete run of `below` are refused. Attempt a > 0 takes its word from block(key, (a, element)), so that no
 * element depends on another.
 */
export function bounded(
  words: readonly [number, number],
  element: number,
  word: number,
  below: number,
): number {
  const accepted = 2 ** 32 - (2 ** 32 % below);
  for (let attempt = 1; word >= accepted; attempt++) {
    const [word0, word1] = block(...words, attempt, element);
    word = (word0 ^ word1) >>> 0;
  }
  return word % below;
}
