import { threefryModule } from "./threefry.wasm.js";

type Blocks = (key0: number, key1: number, high: number, low: number, count: number, fold: number) => void;

interface Kernel {
  readonly blocks: Blocks;
  /** Where `blocks` writes. */
  readonly memory: Uint32Array;
}

/** Blocks of one call: both words of each fill the kernel's one page of memory. */
const most = 8192;

let kernel: Kernel | undefined;
let known = false;

/** Undefined where WebAssembly or its vectors are missing or forbidden (a page's content security policy). */
function opened(): Kernel | undefined {
  try {
    const bytes = Uint8Array.from(atob(threefryModule), (character) => character.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const memory = new Uint32Array((exports["memory"] as WebAssembly.Memory).buffer);
    return { blocks: exports["blocks"] as Blocks, memory };
  } catch {
    return undefined;
  }
}

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
  if (!known) kernel = opened();
  known = true;
  if (!kernel) return false;
  const words = fold ? 1 : 2;
  const count = out.length / words;
  for (let start = 0; start < count; start += most) {
    const some = Math.min(most, count - start);
    kernel.blocks(key0, key1, high, low + start, some, Number(fold));
    out.set(kernel.memory.subarray(0, words * some), words * start);
  }
  return true;
}
