import { key } from "@gen/core";
import { normals64, randints } from "@gen/core/random";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it, vi } from "vitest";
import { blocksOf, type SparseRows } from "../sparse-rows.js";
import { rowsModule } from "./rows.wasm.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const features = 40;

/** Rows of so many entries at most, some of none. */
function sparseRows(count: number, longest: number, areBytes: boolean): SparseRows {
  const lengths = randints(key(1), count, longest + 1).map((length, row) => (row % 7 === 3 ? 0 : length));
  const offsets = new Int32Array(count + 1);
  lengths.forEach((length, row) => (offsets[row + 1] = offsets[row]! + length));
  const entries = offsets[count]!;
  return {
    offsets,
    features: Uint16Array.from(randints(key(2), entries, features)),
    values: areBytes ? Uint8Array.from(randints(key(3), entries, 256)) : normals64(key(3), entries),
  };
}

/** The outputs of all rows and the gradient, with vectors or where WebAssembly is forbidden. */
async function numbersOf(
  rows: SparseRows,
  outputs: number,
  isForbidden: boolean,
): Promise<readonly Float64Array[]> {
  vi.unstubAllGlobals();
  if (isForbidden) vi.stubGlobal("WebAssembly", undefined);
  vi.resetModules();
  const { sparseProduct } = await import("../sparse-product.js");
  const blocks = blocksOf(rows);
  const weights = normals64(key(4), features * outputs);
  const gradient = new Float64Array(weights.length);
  const product = sparseProduct({ rows, blocks, weights, outputs, gradient });
  // What vectors work on stands behind the weights.
  expect(product.outputs.byteOffset > 0).toBe(!isForbidden);
  const all = new Float64Array((rows.offsets.length - 1) * outputs);
  for (const block of blocks) {
    product.outputs.fill(0.1);
    product.forward(block);
    all.set(product.outputs.subarray(0, (block.last - block.first) * outputs), block.first * outputs);
    product.back(block);
  }
  product.finish();
  return [all, gradient];
}

it.each([1, 2, 3, 9, 10, 11, 23])(
  "has the same bits with vectors and without: %d outputs",
  async (outputs) => {
    for (const rows of [sparseRows(1500, 50, false), sparseRows(30, 20, true), sparseRows(2, 2000, false)]) {
      const [expected, found] = [await numbersOf(rows, outputs, true), await numbersOf(rows, outputs, false)];
      expect(found).toEqual(expected);
      expect(expected[1]!.some((slope) => slope !== 0)).toBe(true);
    }
  },
);

it("takes rows in blocks that are short, though a row may be long", () => {
  const offsets = Int32Array.of(0, 0, 20_000, 40_000, 90_000, 90_001, 90_001);
  const rows = { offsets, features: new Uint16Array(90_001), values: new Uint8Array(90_001) };
  const bounds = blocksOf(rows).map(({ first, last }) => [first, last]);
  expect(bounds).toEqual([[0, 2], [2, 3], [3, 4], [4, 6]]); // prettier-ignore
  expect(blocksOf({ ...rows, offsets: new Int32Array(2501) }).map(({ last }) => last)).toEqual([
    1024, 2048, 2500,
  ]);
  expect(blocksOf({ ...rows, offsets: new Int32Array(1) })).toEqual([]);
});

it("the assembled rows are of the source that stands beside them", async () => {
  const script: string = new URL("../../../../../scripts/assemble.mjs", import.meta.url).href;
  const { assembled } = (await import(script)) as { assembled: (source: string) => Promise<string> };
  expect(await assembled(fileURLToPath(new URL("rows.wat", import.meta.url)))).toContain(rowsModule);
});
