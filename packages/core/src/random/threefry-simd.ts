import { vectors } from "../parallel/vectors.js";
import { threefryModule } from "./threefry.wasm.js";

/** Blocks of one call: both words of each fill one page of the kernel's memory. */
const most = 8192;

const opened = /* @__PURE__ */ vectors<"blocks">(threefryModule);

/**
 * The same words as one block after the other gives, four blocks at a time: the two words of each block side by side
 * or, folded, word 0 xor word 1. False, and nothing done, where the kernel can't run.
 */
export function fillBlocksBySimd(
  [key0, key1]: readonly [number, number],
  [high, low]: readonly [number, number],
  out: Uint32Array,
  fold: boolean,
): boolean {
  const bytes = 8 * most;
  const simd = opened(bytes);
  if (!simd) return false;
  const memory = new Uint32Array(simd.memory(bytes));
  const words = fold ? 1 : 2;
  const count = out.length / words;
  for (let start = 0; start < count; start += most) {
    const some = Math.min(most, count - start);
    simd.kernels.blocks(key0, key1, high, low + start, some, Number(fold));
    out.set(memory.subarray(0, words * some), words * start);
  }
  return true;
}
