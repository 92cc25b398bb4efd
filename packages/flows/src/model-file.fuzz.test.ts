import { isInputError, key, load, readSafetensors, save, writeSafetensors } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { glow, realnvp } from "./index.js";
import { bytesChanged, contentsChanged, drawing, headerChanged } from "./testing/corrupt.js";
import { labelledImages, labelledMoons } from "./testing/data.js";
import { train } from "./testing/train.js";

const numRuns = 1_500;
const slowest = 2_000;
const mostMemory = 512 * 2 ** 20;
const plugins = [realnvp, glow];

const files: Record<string, Uint8Array> = {};
beforeAll(async () => {
  await useBackend("cpu");
  const [few, batch] = [{ steps: 1, batch: 8 }, 32];
  const points = await train(realnvp, labelledMoons(batch), { ...few, config: { couplings: 2, hidden: 4 } });
  files["realnvp"] = await save(points.model);
  const images = await train(glow, labelledImages(batch), { ...few, config: { steps: 1, hidden: 4 } });
  files["glow"] = await save(images.model);
});

describe.each(["realnvp", "glow"])("%s", (id) => {
  test.each([
    ["bytes", bytesChanged, numRuns / 5],
    ["header", headerChanged, numRuns / 5],
    ["metadata", contentsChanged, (2 * numRuns) / 5],
    ["arrays", contentsChanged, numRuns / 5],
  ] as const)(
    "a model file with changed %s gives an error of the input or loads",
    async (what, corrupt, runs) => {
      const tensors = memory().numTensors;
      const before = process.memoryUsage.rss();
      let refused = 0;
      for (let run = 0; run < runs; run++) {
        const bytes = corrupt(
          files[id]!,
          drawing(key(7).fold(what).fold(run)),
          what as "metadata" | "arrays",
        );
        const began = performance.now();
        try {
          (await load(bytes, plugins))[Symbol.dispose]();
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
});

test.each([
  ["realnvp", { couplings: 64, hidden: 4096, scales: 1 }],
  ["realnvp", { couplings: 2, hidden: 5, scales: 1 }],
  ["glow", { scales: 2, steps: 64, hidden: 4096 }],
  ["glow", { scales: 2, steps: 1, hidden: 5 }],
])("a file of %s that asks for %o is refused soon", async (id, config) => {
  const { metadata, tensors } = readSafetensors(files[id]!);
  const items = new Map(metadata);
  items.delete("checksum");
  items.set("config", JSON.stringify(config));
  const before = process.memoryUsage.rss();
  const began = performance.now();
  await expect(load(writeSafetensors({ metadata: items, tensors }), plugins)).rejects.toThrow(/parameters/);
  expect(performance.now() - began).toBeLessThan(slowest);
  expect(process.memoryUsage.rss() - before).toBeLessThan(mostMemory);
});
