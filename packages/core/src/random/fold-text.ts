import { block } from "./threefry.js";

// Numbers are folded with counters whose high word is 0, so a text's first counter never equals one of theirs.
const TEXT = 0xffffffff;

/**
 * The words of a key with a text folded in: a chain of Threefry blocks over the text's UTF-8 bytes b.
 *
 * h_0 = block(key, (2^32 - 1, length of b)), h_{j+1} = block(h_j, bytes 8 j … 8 j + 7 as two little-endian words),
 * the last bytes padded with zeros. The length comes first, so no text's chain begins another's.
 */
export function foldText(key: readonly [number, number], text: string): readonly [number, number] {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(8 * Math.ceil(bytes.length / 8)));
  bytes.forEach((byte, i) => padded.setUint8(i, byte));
  let words = block(...key, TEXT, bytes.length);
  for (let at = 0; at < padded.byteLength; at += 8)
    words = block(...words, padded.getUint32(at, true), padded.getUint32(at + 4, true));
  return words;
}
