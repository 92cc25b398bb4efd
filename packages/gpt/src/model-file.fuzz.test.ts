import {
  dataset,
  instantiate,
  isInputError,
  key,
  load,
  readSafetensors,
  rows,
  save,
  writeSafetensors,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { randints } from "@gen/core/random";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { gpt } from "./index.js";

const numRuns = 1_000;
const slowest = 2_000;
const mostMemory = 512 * 2 ** 20;
const small = { layers: 2, heads: 2, width: 8, context: 8, dropout: 0 };

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const data = dataset(
    { kind: "text", fields: { text: { type: "text" } } },
    rows({ text: ["明月光", "地上霜"] }),
  );
  using model = await instantiate(gpt, { data, config: small, key: key(1) });
  file = await save(model);
});

test("a model file with changed bytes gives an error of the input or loads", async () => {
  const tensors = memory().numTensors;
  const before = process.memoryUsage.rss();
  const header = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  for (let run = 0; run < numRuns; run++) {
    const draws = randints(key(7).fold(run), 9, 2 ** 31);
    const bytes = file.slice(0, draws[0]! % 4 === 0 ? draws[1]! % file.length : file.length);
    const among = run % 2 === 0 ? Math.min(header, bytes.length) : bytes.length;
    for (let i = 2; i < 3 + (draws[0]! % 3) && among > 0; i++)
      bytes[draws[2 * i - 2]! % among] = draws[2 * i - 1]! % 256;
    const began = performance.now();
    try {
      (await load(bytes, [gpt]))[Symbol.dispose]();
    } catch (error) {
      if (!isInputError(error)) throw new Error(`Case ${run}`, { cause: error });
    }
    expect(performance.now() - began, `case ${run}`).toBeLessThan(slowest);
    expect(process.memoryUsage.rss() - before, `case ${run}`).toBeLessThan(mostMemory);
    expect(memory().numTensors, `case ${run}`).toBe(tensors);
  }
});

test.each([{ layers: 48 }, { width: 4096 }, { width: 1024, layers: 10 }, { context: 8192 }])(
  "a file that asks for %o is refused soon",
  async (asked) => {
    const { metadata, tensors } = readSafetensors(file);
    const items = new Map(metadata);
    items.delete("checksum");
    items.set("config", JSON.stringify({ ...small, ...asked }));
    const before = process.memoryUsage.rss();
    const began = performance.now();
    await expect(load(writeSafetensors({ metadata: items, tensors }), [gpt])).rejects.toThrow(
      /the file holds/,
    );
    expect(performance.now() - began).toBeLessThan(slowest);
    expect(process.memoryUsage.rss() - before).toBeLessThan(mostMemory);
  },
);
