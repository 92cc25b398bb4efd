import fc from "fast-check";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { isInputError } from "../errors.js";
import { instantiate } from "../plugin/instantiate.js";
import { key } from "../random/index.js";
import { linear } from "../training/testing/linear.js";
import { points } from "../training/testing/points.js";
import { checksum } from "./layout.js";
import { readSafetensors } from "./read-safetensors.js";
import { resume } from "./resume.js";
import { save } from "./save.js";
import { writeSafetensors } from "./write-safetensors.js";

const numRuns = 10_000;
const slowest = 2_000;
const mostMemory = 512 * 2 ** 20;

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  using model = await instantiate(linear, { data: points(), key: key(0) });
  using trainer = model.trainer();
  file = await save(model, { trainer, step: 3, key: key(7) });
});

const headerLength = (bytes: Uint8Array): number => Number(new DataView(bytes.buffer).getBigUint64(0, true));

/** The file with another header text, and its length as it is. */
function withHeader(text: string): Uint8Array {
  const header = new TextEncoder().encode(text);
  const data = file.subarray(8 + headerLength(file));
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

const anywhere = fc.nat().map((n) => n / 2 ** 31);
const place = (at: number, length: number): number => Math.floor(at * length);

/** Bytes overwritten, cut off or put in, anywhere. */
const bytesChanged = fc
  .record({
    edits: fc.array(fc.tuple(anywhere, fc.nat(255)), { minLength: 1, maxLength: 8 }),
    keep: fc.oneof(fc.constant(1), anywhere),
    more: fc.uint8Array({ maxLength: 16 }),
  })
  .map(({ edits, keep, more }) => {
    const bytes = new Uint8Array([...file.subarray(0, Math.ceil(keep * file.length)), ...more]);
    for (const [at, value] of edits) if (bytes.length > 0) bytes[place(at, bytes.length)] = value;
    return bytes;
  });

/** A number or a text of the header replaced by another. */
const hostile = fc.oneof(
  fc.constantFrom(
    "-1",
    "1e308",
    "9007199254740993",
    "4294967296",
    "0.5",
    "null",
    "{}",
    "[]",
    "true",
    '"__proto__"',
    '"F64"',
    '""',
    "1".repeat(400),
    "[".repeat(2_000),
  ),
  fc.json({ maxDepth: 3 }),
);
const headerChanged = fc.tuple(anywhere, hostile, fc.boolean()).map(([at, value, remove]) => {
  const text = new TextDecoder().decode(file.subarray(8, 8 + headerLength(file)));
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+/g)];
  const token = tokens[place(at, tokens.length)]!;
  return withHeader(
    text.slice(0, token.index) + (remove ? "" : value) + text.slice(token.index + token[0].length),
  );
});

/** One item of the metadata replaced, with a checksum that agrees: what only the reader of the item can find. */
const itemChanged = fc
  .tuple(anywhere, fc.oneof(hostile, fc.tuple(anywhere, hostile)), fc.boolean())
  .map(([at, change, remove]) => {
    const { metadata, tensors } = readSafetensors(file);
    const next = new Map(metadata);
    const [name, text] = [...metadata][place(at, metadata.size)]!;
    if (remove) next.delete(name);
    else if (typeof change === "string") next.set(name, change);
    else {
      const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?[\d.]+/g)];
      const token = tokens[place(change[0], tokens.length)];
      if (token !== undefined)
        next.set(name, text.slice(0, token.index) + change[1] + text.slice(token.index + token[0].length));
    }
    if (name !== "checksum") next.set("checksum", checksum({ metadata: next, tensors }));
    return writeSafetensors({ metadata: next, tensors });
  });

test.each([
  ["bytes", bytesChanged, numRuns / 2],
  ["header", headerChanged, numRuns / 4],
  ["items", itemChanged, numRuns / 4],
] as const)(
  "a model file with changed %s gives an error of the input or loads",
  async (_, corruption, runs) => {
    const before = memory().numTensors;
    const memoryBefore = process.memoryUsage.rss();
    await fc.assert(
      fc.asyncProperty(corruption, async (bytes) => {
        const began = performance.now();
        try {
          const { model, trainer } = await resume(bytes, [linear]);
          trainer[Symbol.dispose]();
          model[Symbol.dispose]();
        } catch (error) {
          if (!isInputError(error)) throw error;
          expect(error.message.length).toBeGreaterThan(20);
          expect(error.message.length).toBeLessThan(2_000);
        }
        expect(performance.now() - began).toBeLessThan(slowest);
        expect(process.memoryUsage.rss() - memoryBefore).toBeLessThan(mostMemory);
        expect(memory().numTensors).toBe(before);
      }),
      { seed: 7, numRuns: runs },
    );
  },
);
