import type { NumericArray } from "@gen/core";

/**
 * Finds the numbers of a row that are not all 0, four at a time: mostly few of counts and pictures, and all that has to
 * be looked at.
 */
export class Quads {
  /** Where the quads begin in the row that was looked at last. The last of a row may be short. */
  readonly places: Int32Array;
  /** Four bytes at once, where rows begin at whole words. */
  private readonly words: Int32Array | undefined;

  constructor(
    private readonly data: NumericArray,
    private readonly size: number,
  ) {
    this.places = new Int32Array(Math.ceil(size / 4));
    if (data instanceof Uint8Array && size % 4 === 0 && data.byteOffset % 4 === 0)
      this.words = new Int32Array(data.buffer, data.byteOffset, data.length / 4);
  }

  /** Looks at a row; how many quads there are. */
  find(row: number): number {
    const begin = row * this.size;
    return this.words
      ? inWords(this.words, begin >> 2, this.size >> 2, this.places)
      : inNumbers(this.data, begin, this.size, this.places);
  }
}

function inWords(words: Int32Array, begin: number, count: number, places: Int32Array): number {
  let found = 0;
  for (let j = 0; j < count; j++) if (words[begin + j] !== 0) places[found++] = 4 * j;
  return found;
}

function inNumbers(data: NumericArray, begin: number, size: number, places: Int32Array): number {
  let found = 0;
  for (let j = 0; j < size; j += 4) {
    const end = Math.min(j + 4, size);
    let k = j;
    while (k < end && data[begin + k] === 0) k++;
    if (k < end) places[found++] = j;
  }
  return found;
}
