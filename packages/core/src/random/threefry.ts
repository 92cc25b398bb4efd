import { fillBlocksBySimd } from "./threefry-simd.js";

/** Blocks from which calling the kernel takes less time than it saves. */
const FEW = 16;

/**
 * Fills `out` with the two words of the Threefry-2x32-20 blocks of the counters
 * (high, low), (high, low + 1), … (high, low + count - 1): out[2 i], out[2 i + 1].
 *
 * Source: Parallel random numbers: as easy as 1, 2, 3 (Salmon, Moraes, Dror, Shaw, 2011).
 */
export function fillBlocks(
  key0: number,
  key1: number,
  high: number,
  low: number,
  count: number,
  out: Uint32Array,
): void {
  if (count >= FEW && fillBlocksBySimd([key0, key1], [high, low], out.subarray(0, 2 * count), false)) return;
  fillBlocksOneByOne(key0, key1, high, low, count, out);
}

/** As `fillBlocks`, in JavaScript. */
export function fillBlocksOneByOne(
  key0: number,
  key1: number,
  high: number,
  low: number,
  count: number,
  out: Uint32Array,
): void {
  const key2 = key0 ^ key1 ^ 0x1bd11bda;
  for (let i = 0; i < count; i++) {
    let x0 = (high + key0) | 0;
    let x1 = (low + i + key1) | 0;
    // Four rounds (rotations 13, 15, 26, 6 and 17, 29, 16, 24 in turn), then the next key words are added.
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x0 = (x0 + key1) | 0;
    x1 = (x1 + key2 + 1) | 0;

    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
    x0 = (x0 + key2) | 0;
    x1 = (x1 + key0 + 2) | 0;

    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    x0 = (x0 + key0) | 0;
    x1 = (x1 + key1 + 3) | 0;

    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
    x0 = (x0 + key1) | 0;
    x1 = (x1 + key2 + 4) | 0;

    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
    out[2 * i] = x0 + key2;
    out[2 * i + 1] = x1 + key0 + 5;
  }
}

/** The two words of one Threefry-2x32-20 block. */
export function block(key0: number, key1: number, high: number, low: number): [number, number] {
  const out = new Uint32Array(2);
  fillBlocks(key0, key1, high, low, 1, out);
  return [out[0]!, out[1]!];
}

const CHUNK = 1024;

/** Fills `out` with word 0 xor word 1 of the blocks of the counters (0, i): one word per element. */
export function fillWords(key0: number, key1: number, out: Uint32Array): void {
  if (out.length >= FEW && fillBlocksBySimd([key0, key1], [0, 0], out, true)) return;
  const pairs = new Uint32Array(2 * Math.min(CHUNK, out.length));
  for (let start = 0; start < out.length; start += CHUNK) {
    const count = Math.min(CHUNK, out.length - start);
    fillBlocks(key0, key1, 0, start, count, pairs);
    for (let i = 0; i < count; i++) out[start + i] = pairs[2 * i]! ^ pairs[2 * i + 1]!;
  }
}
