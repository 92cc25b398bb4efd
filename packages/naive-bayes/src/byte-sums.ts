import { vectors } from "@gen/core/parallel";
import type { Membership } from "./membership.js";
import { bytesModule } from "./simd/bytes.wasm.js";

/** Sums of bytes. */
export interface ByteSums {
  /** Of each class and element, [classes, size]. */
  readonly sums: Uint32Array;
  /** Of each row; 0 where no class takes it. */
  readonly totals: Uint32Array;
}

const opened = /* @__PURE__ */ vectors<"mark" | "add">(bytesModule);
/** Bytes that are looked at together, so that they stay in the processor's cache. */
const blockBytes = 2 ** 17;
/** More rows might reach beyond 32 bits. */
const mostRows = 2 ** 24;

/**
 * Sums of the rows of each class, sixteen bytes at a time; with `above` each byte is 1 where it is above that, else 0.
 * Undefined where rows have weights or are not of sixteens, and where there are no vectors.
 */
export function byteSums(
  data: Uint8Array,
  size: number,
  membership: Membership,
  above?: number,
): ByteSums | undefined {
  const rows = data.length / size;
  if (!(size > 0) || size % 16 !== 0 || rows > mostRows || membership.some(({ weights }) => weights))
    return undefined;
  const width = membership.length * size;
  const blockRows = Math.min(rows, Math.ceil(blockBytes / size));
  const block = blockRows * size;
  const simd = opened(block + 4 * width);
  if (!simd) return undefined;
  const memory = simd.memory(block + 4 * width);
  const bytes = new Uint8Array(memory, 0, block);
  const sums = new Uint32Array(memory, block, width).fill(0);
  const totals = new Uint32Array(rows);
  const { mark, add } = simd.kernels;
  const next = new Int32Array(membership.length);
  for (let first = 0; first < rows; first += blockRows) {
    const last = Math.min(rows, first + blockRows);
    bytes.set(data.subarray(first * size, last * size));
    if (above !== undefined) mark(0, (last - first) * size, above);
    for (let c = 0; c < next.length; c++) {
      const own = membership[c]!.rows;
      const begin = block + 4 * c * size;
      let i = next[c]!;
      for (; i < own.length && own[i]! < last; i++)
        totals[own[i]!] = add((own[i]! - first) * size, size, begin);
      next[c] = i;
    }
  }
  return { sums: sums.slice(), totals };
}
