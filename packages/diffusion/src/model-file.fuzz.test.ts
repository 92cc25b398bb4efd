import { isInputError, key, load, readSafetensors, save, writeSafetensors, type Key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { randints } from "@gen/core/random";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { diffusion } from "./index.js";
import { pointData } from "./testing/data.js";
import { train } from "./testing/train.js";

const numRuns = 1_500;
const slowest = 2_000;
const mostMemory = 512 * 2 ** 20;

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const { model } = await train(pointData(32), 2);
  file = await save(model);
});

const hostile = [
  ...[
    "-1",
    "0",
    "1",
    "2",
    "3",
    "64",
    "1000",
    "1024",
    "8192",
    "4294967296",
    "9007199254740993",
    "1e308",
    "0.5",
  ],
  ...[
    "null",
    "{}",
    "[]",
    "true",
    '""',
    '"x"',
    '"__proto__"',
    '"F32"',
    '"F64"',
    '"full"',
    '"real"',
    '"category"',
  ],
  ...["1".repeat(400), "[".repeat(2_000)],
];

/** Integers below a limit, drawn anew at every call. */
const drawing = (source: Key): ((limit: number) => number) => {
  let drawn = 0;
  return (limit) => randints(source.fold(drawn++), 1, limit)[0]!;
};
type Draw = ReturnType<typeof drawing>;

/** The text with one name, text or number put out, or another value in its place. */
function changed(text: string, draw: Draw): string {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*/g)];
  const token = tokens[draw(Math.max(1, tokens.length))];
  const value = draw(8) === 0 ? "" : hostile[draw(hostile.length)]!;
  return token === undefined
    ? value
    : text.slice(0, token.index) + value + text.slice(token.index + token[0].length);
}

/** Bytes overwritten anywhere, and sometimes the end cut off. */
function bytesChanged(draw: Draw): Uint8Array {
  const bytes = file.slice(0, draw(2) === 0 ? draw(file.length) : file.length);
  for (let edits = 1 + draw(4); edits > 0 && bytes.length > 0; edits--) bytes[draw(bytes.length)] = draw(256);
  return bytes;
}

/** A part of the header changed, and its length as it is. */
function headerChanged(draw: Draw): Uint8Array {
  const end = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = new TextEncoder().encode(changed(new TextDecoder().decode(file.subarray(8, end)), draw));
  const bytes = Uint8Array.of(...new Uint8Array(8), ...header, ...file.subarray(end));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  return bytes;
}

/** Puts another number for the same number in all items, so that they still agree. */
function everywhere(items: Map<string, string>, draw: Draw): void {
  const numbers = [...new Set([...items.values()].join(" ").match(/\b\d+\b/g))];
  const [from, to] = [numbers[draw(Math.max(1, numbers.length))], hostile[draw(hostile.length)]!];
  if (from === undefined) return;
  for (const [name, text] of items) items.set(name, text.replace(new RegExp(`\\b${from}\\b`, "g"), to));
}

/** Metadata or arrays changed in a file without a checksum: what only core's and the family's own guards can find. */
function contentsChanged(draw: Draw, what: "metadata" | "arrays"): Uint8Array {
  const { metadata, tensors } = readSafetensors(file);
  const [items, arrays] = [new Map(metadata), new Map(tensors)];
  items.delete("checksum");
  if (what === "metadata") {
    for (let edits = 1 + draw(3); edits > 0; edits--) {
      const [name, text] = [...items][draw(items.size)]!;
      if (draw(2) === 0) items.set(name, changed(text, draw));
      else everywhere(items, draw);
    }
  } else {
    const [name, { data }] = [...arrays][draw(arrays.size)]!;
    arrays.delete(name);
    const flat = draw(2) === 0 ? Float64Array.from(data, Number) : Float32Array.from(data, Number);
    if (flat.length > 0) flat[draw(flat.length)] = [NaN, Infinity, -1, 0, 1e308][draw(5)]!;
    const kept = flat.slice(0, draw(2) === 0 ? draw(flat.length + 1) : flat.length);
    const dtype = kept instanceof Float64Array ? "F64" : "F32";
    if (draw(4) > 0) arrays.set(name, { dtype, shape: [kept.length], data: kept });
  }
  return writeSafetensors({ metadata: items, tensors: arrays });
}

test.each([
  ["bytes", bytesChanged, numRuns / 5],
  ["header", headerChanged, numRuns / 5],
  ["metadata", (draw: Draw) => contentsChanged(draw, "metadata"), (2 * numRuns) / 5],
  ["arrays", (draw: Draw) => contentsChanged(draw, "arrays"), numRuns / 5],
] as const)(
  "a model file with changed %s gives an error of the input or loads",
  async (what, corrupt, runs) => {
    const tensors = memory().numTensors;
    const before = process.memoryUsage.rss();
    let refused = 0;
    for (let run = 0; run < runs; run++) {
      const bytes = corrupt(drawing(key(7).fold(what).fold(run)));
      const began = performance.now();
      try {
        (await load(bytes, [diffusion]))[Symbol.dispose]();
      } catch (error) {
        if (!isInputError(error)) throw new Error(`Case ${run}`, { cause: error });
        refused++;
        expect(error.message.length).toBeGreaterThan(20);
        expect(error.message.length).toBeLessThan(2_000);
      }
      expect(performance.now() - began, `case ${run}`).toBeLessThan(slowest);
      expect(process.memoryUsage.rss() - before, `case ${run}`).toBeLessThan(mostMemory);
      expect(memory().numTensors, `case ${run}`).toBe(tensors);
    }
    expect(refused).toBeGreaterThan(runs / 4);
  },
);

test.each([
  { hidden: 8192, blocks: 1 },
  { hidden: 2000, blocks: 5 },
  { hidden: 17, blocks: 1 },
  { hidden: 16, blocks: 16 },
])("a file that asks for %j is refused soon", async (config) => {
  const { metadata, tensors } = readSafetensors(file);
  const items = new Map(metadata);
  items.delete("checksum");
  const before = JSON.parse(items.get("config")!) as object;
  items.set("config", JSON.stringify({ ...before, ...config }));
  const memoryBefore = process.memoryUsage.rss();
  const began = performance.now();
  await expect(load(writeSafetensors({ metadata: items, tensors }), [diffusion])).rejects.toThrow(
    /the file holds|parameters/,
  );
  expect(performance.now() - began).toBeLessThan(slowest);
  expect(process.memoryUsage.rss() - memoryBefore).toBeLessThan(mostMemory);
});
