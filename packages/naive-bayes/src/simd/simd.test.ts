import { fileURLToPath } from "node:url";
import { key, rows, type NumericArray } from "@gen/core";
import { normals64, randints } from "@gen/core/random";
import { afterEach, expect, it, vi } from "vitest";
import { measureFor } from "../reals/measure.js";
import { roomFor } from "../reals/room.js";
import { label, table } from "../testing/data.js";
import { bytesModule } from "./bytes.wasm.js";
import { normalsModule } from "./normals.wasm.js";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** What a fit and its predictions are, with vectors or where WebAssembly is forbidden. */
async function numbersOf(
  size: number,
  data: NumericArray,
  config: object,
  isForbidden: boolean,
): Promise<readonly Float64Array[]> {
  if (isForbidden) vi.stubGlobal("WebAssembly", undefined);
  vi.resetModules();
  const { naiveBayesOf } = await import("../testing/settings.js");
  const isReal = data instanceof Float64Array || data instanceof Float32Array;
  const x = isReal
    ? ({ type: "real", shape: [size] } as const)
    : ({ type: "category", shape: [size], levels: 256, ordered: true } as const);
  const model = naiveBayesOf(table({ x, y: label(3) }), config);
  const count = data.length / size;
  const given = rows({ x: { data, shape: [size] }, y: randints(key(2), count, 3) });
  model.partialFit(given);
  return [...model.statistics.parts.flatMap((sums) => Object.values(sums)), model.logJoint(given)];
}

const bytes = (count: number, size: number): Uint8Array =>
  Uint8Array.from(randints(key(3), count * size, 512), (level) => Math.max(0, level - 256));

it.each([
  ["normal, of whole vectors", 6, normals64(key(1), 6 * 701), {}],
  ["normal, of float32", 4, Float32Array.from(normals64(key(1), 4 * 300)), {}],
  ["normal, of an odd size", 5, normals64(key(1), 5 * 301), {}],
  ["multinomial", 32, bytes(5000, 32), { likelihood: "multinomial" }],
  ["Bernoulli", 48, bytes(3001, 48), { likelihood: "bernoulli" }],
  ["Bernoulli with a threshold", 16, bytes(100, 16), { likelihood: "bernoulli", threshold: 200.5 }],
  ["Bernoulli of what is never above", 16, bytes(100, 16), { likelihood: "bernoulli", threshold: 400 }],
])("has the same bits with vectors and without: %s", async (_, size, data, config) => {
  expect(await numbersOf(size, data, config, false)).toEqual(await numbersOf(size, data, config, true));
});

it("adds bytes by vectors where rows are of sixteens and have no weights", async () => {
  const { byteSums } = await import("../byte-sums.js");
  const data = new Uint8Array(3 * 16).fill(255);
  const members = [{ rows: Int32Array.of(0, 2) }, { rows: Int32Array.of() }];
  const found = byteSums(data, 16, members);
  expect(found?.sums).toEqual(Uint32Array.from({ length: 32 }, (_, i) => (i < 16 ? 510 : 0)));
  expect(found?.totals).toEqual(Uint32Array.of(4080, 0, 4080));
  expect(byteSums(data, 16, members, 255)?.sums.every((sum) => sum === 0)).toBe(true);
  expect(byteSums(data, 12, members)).toBeUndefined();
  expect(byteSums(data, 16, [{ rows: Int32Array.of(0), weights: Float64Array.of(2) }])).toBeUndefined();
});

it("adds and measures rows of an even size by vectors", () => {
  const normals = { means: new Float64Array(6), halfPrecisions: new Float64Array(6) };
  expect(roomFor(1, 6, 6).block).toBeDefined();
  expect(roomFor(1, 5, 5).block).toBeUndefined();
  expect(measureFor(normals, 6, 6).block).toBeDefined();
  expect(measureFor(normals, 5, 5).block).toBeUndefined();
});

it.each([
  ["bytes", bytesModule],
  ["normals", normalsModule],
])("the assembled %s are of the source that stands beside them", async (name, module) => {
  const script: string = new URL("../../../../scripts/assemble.mjs", import.meta.url).href;
  const { assembled } = (await import(script)) as { assembled: (source: string) => Promise<string> };
  expect(await assembled(fileURLToPath(new URL(`${name}.wat`, import.meta.url)))).toContain(module);
});
