import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { block, fillBlocks, fillBlocksOneByOne, fillWords } from "./threefry.js";
import { fillBlocksBySimd } from "./threefry-simd.js";
import { threefryModule } from "./threefry.wasm.js";

describe("Threefry-2x32-20", () => {
  // Random123's kat_vectors, lines "threefry2x32 20": counter, key, result.
  test.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x243f6a88, 0x85a308d3],
      [0x13198a2e, 0x03707344],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as const)("counter %s, key %s", ([high, low], [key0, key1], result) => {
    expect(block(key0, key1, high, low)).toEqual(result);
  });

  test("many blocks are each block", () => {
    const pairs = new Uint32Array(20);
    fillBlocks(0x13198a2e, 0x03707344, 7, 0xfffffff0, 10, pairs);
    for (let i = 0; i < 10; i++)
      expect([pairs[2 * i], pairs[2 * i + 1]]).toEqual(block(0x13198a2e, 0x03707344, 7, 0xfffffff0 + i));
  });

  test("words are the xor of a block's words, across chunks", () => {
    const words = new Uint32Array(2500);
    fillWords(3, 4, words);
    for (const i of [0, 1, 1023, 1024, 2047, 2048, 2499]) {
      const [word0, word1] = block(3, 4, 0, i);
      expect(words[i]).toBe((word0 ^ word1) >>> 0);
    }
  });

  test.each([1, 3, 4, 16, 8191, 8192, 20_001])("by vectors %i blocks are as one by one", (count) => {
    const [key0, key1, high, low] = [0xfedcba98, 0x76543210, 0x9abcdef0, 0xfffff000] as const;
    const [given, expected] = [new Uint32Array(2 * count), new Uint32Array(2 * count)];
    fillBlocksOneByOne(key0, key1, high, low, count, expected);
    expect(fillBlocksBySimd([key0, key1], [high, low], given, false)).toBe(true);
    expect(given).toEqual(expected);
    const words = new Uint32Array(count);
    expect(fillBlocksBySimd([key0, key1], [high, low], words, true)).toBe(true);
    expect(words).toEqual(words.map((_, i) => expected[2 * i]! ^ expected[2 * i + 1]!));
  });

  test("the assembled kernel is of the source that stands beside it", async () => {
    const script: string = new URL("../../../../scripts/assemble.mjs", import.meta.url).href;
    const { assembled } = (await import(script)) as { assembled: (source: string) => Promise<string> };
    expect(await assembled(fileURLToPath(new URL("threefry.wat", import.meta.url)))).toContain(
      threefryModule,
    );
  });
});
