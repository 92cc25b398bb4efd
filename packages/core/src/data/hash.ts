import { isText, isTensor, offsetsOf } from "./column.js";
import { InputError } from "../errors.js";
import type { Column, Rows } from "./types.js";

/**
 * A 32-bit hash of each row's content: MurmurHash3 (x86, 32-bit, seed 0; Austin Appleby, 2011) of its columns in
 * the order of their names. Each contributes its name, the count of its numbers or characters, and then its
 * numbers as float64 (little-endian; -0 as 0, one NaN) or its UTF-16 code units. So it depends neither on the
 * array type that holds a number nor on the order of columns. Throws `InputError` on a tensor.
 */
export function hashRows(x: Rows): Uint32Array {
  const columns = Object.keys(x.columns)
    .sort()
    .map((name) => hasher(name, x.columns[name]!));
  return Uint32Array.from({ length: x.length }, (_, row) => {
    let words = 0;
    let hash = 0;
    for (const column of columns) {
      const [next, added] = column(hash, row);
      hash = next;
      words += added;
    }
    return finish(hash, words * 4);
  });
}

/** Mixes one row of a column into a hash; gives the hash and how many words went in. */
type Hasher = (hash: number, row: number) => readonly [number, number];

function hasher(name: string, column: Column): Hasher {
  const { data } = column;
  if (isTensor(data)) throw new InputError(`Column "${name}" is a tensor; download it first.`);
  if (isText(data)) {
    return (hash, row) => {
      const text = data[row]!;
      return [mixText(mix(mixText(hash, name), text.length), text), name.length + 1 + text.length];
    };
  }
  const offsets = offsetsOf(column);
  const view = new DataView(new ArrayBuffer(8));
  return (hash, row) => {
    const begin = offsets[row]!;
    const end = offsets[row + 1]!;
    let mixed = mix(mixText(hash, name), end - begin);
    for (let i = begin; i < end; i++) {
      const value = data[i]!;
      // Adding 0 makes -0 into 0; a NaN may carry any payload.
      view.setFloat64(0, Number.isNaN(value) ? NaN : value + 0, true);
      mixed = mix(mix(mixed, view.getUint32(0, true)), view.getUint32(4, true));
    }
    return [mixed, name.length + 1 + 2 * (end - begin)];
  };
}

function mixText(hash: number, text: string): number {
  let mixed = hash;
  for (let i = 0; i < text.length; i++) mixed = mix(mixed, text.charCodeAt(i));
  return mixed;
}

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** One block of MurmurHash3. */
export const mix = (hash: number, word: number): number =>
  (Math.imul(rotate(hash ^ Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593), 13), 5) +
    0xe6546b64) |
  0;

/** The end of MurmurHash3 after `bytes` bytes of whole words. */
export function finish(hash: number, bytes: number): number {
  let mixed = hash ^ bytes;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
