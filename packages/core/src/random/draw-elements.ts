import { checkWord } from "./checks.js";
import { ElementSource } from "./element-source.js";
import type { Key } from "./types.js";

/** `count` float64 numbers, each by `sample` from numbers of its own. */
export function drawElements(
  key: Key,
  count: number,
  sample: (source: ElementSource, element: number) => number,
): Float64Array {
  const out = new Float64Array(checkWord("The count of numbers", count));
  const source = new ElementSource(key);
  for (let i = 0; i < count; i++) {
    source.begin(i);
    out[i] = sample(source, i);
  }
  return out;
}
