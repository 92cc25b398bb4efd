import { normalOfWords } from "./normals.js";
import { takeWords } from "./spend.js";
import { fillBlocks } from "./threefry.js";
import type { Key } from "./types.js";

/**
 * As many random numbers as wanted for each element of an array, so that rejection in one element leaves all
 * others as they are: number j of element i comes from block(fold(key, i), (0, j)).
 */
export class ElementSource {
  readonly #root0: number;
  readonly #root1: number;
  readonly #words = new Uint32Array(2);
  #word0 = 0;
  #word1 = 0;
  #next = 0;

  constructor(key: Key) {
    [this.#root0, this.#root1] = takeWords(key);
  }

  /** Begins the numbers of an element. */
  begin(element: number): void {
    fillBlocks(this.#root0, this.#root1, 0, element, 1, this.#words);
    this.#word0 = this.#words[0]!;
    this.#word1 = this.#words[1]!;
    this.#next = 0;
  }

  /** Uniform on (0, 1), never an end: (m + 1/2) / 2^52 with 52 bits m. */
  uniform(): number {
    this.#advance();
    return (this.#words[0]! * 2 ** 20 + (this.#words[1]! >>> 12) + 0.5) * 2 ** -52;
  }

  /** Standard normal. */
  normal(): number {
    this.#advance();
    return normalOfWords(this.#words[0]!, this.#words[1]!);
  }

  #advance(): void {
    fillBlocks(this.#word0, this.#word1, 0, this.#next, 1, this.#words);
    this.#next += 1;
  }
}
